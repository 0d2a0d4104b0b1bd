/** Logs the first event that it is told, and which save it comes from. */
export function savedHandler(save: number): string {
  return `
    import { on } from "informd";
    let isFirst = true;
    export default on("pods", { events: ["updated"] }, (_event, { log }) => {
      if (isFirst) log.info("first event", { save: ${save} });
      isFirst = false;
    });
  `;
}

export const IDLE_HANDLER = `
  import { on } from "informd";
  export default on("pods", { events: ["deleted"] }, () => {});
`;
