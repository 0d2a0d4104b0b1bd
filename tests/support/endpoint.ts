import { request } from "node:http";

export interface EndpointAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Asks a server that speaks plain HTTP. Rejects if nobody answers. */
export function ask(
  address: string,
  path: string,
  {
    method = "GET",
    headers = {},
  }: { readonly method?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<EndpointAnswer> {
  return new Promise((resolve, reject) => {
    const asking = request(`http://${address}${path}`, { method, headers, agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (body += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      response.on("error", reject);
    });
    asking.on("error", reject);
    asking.end();
  });
}
