import { text, wide, type Column } from "../../column.ts";
import { fieldAt, listAt, textAt } from "../../cells/object-fields.ts";
import { selectorCell } from "../../cells/labels-text.ts";

/** Containers and images of a pod template. */
export function containerColumns(template: string): readonly Column[] {
  return ["Containers", "Images"].map((name) => {
    const member = name === "Containers" ? "name" : "image";
    const cell: Column["cell"] = (object) =>
      listAt(object, `${template}.spec.containers`)
        .map((container) => textAt(container, member))
        .join(",");
    return text(name, cell);
  });
}

export function selectorColumn(path: string): Column {
  return text("Selector", (object) => selectorCell(fieldAt(object, path)));
}

/** The same, only with `-o wide`. */
export function wideTemplateColumns(template: string, selector: string | undefined): readonly Column[] {
  const columns = [...containerColumns(template), ...(selector === undefined ? [] : [selectorColumn(selector)])];
  return columns.map(wide);
}
