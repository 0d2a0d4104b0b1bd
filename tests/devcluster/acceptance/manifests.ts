/** The objects that scenarios write. */

export function configMap(name: string, data: object = { a: "b" }, metadata: object = {}): object {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, ...metadata }, data };
}

/** Two containers, `c` and `d`. */
export function deployment(name: string, { image = "redis:7" }: { readonly image?: string } = {}): object {
  const labels = { app: name };
  const containers = [
    { name: "c", image: "nginx:1.27", ports: [{ containerPort: 80 }] },
    { name: "d", image },
  ];
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, labels },
    spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
  };
}

export function pod(
  name: string,
  { spec = {}, metadata = {} }: { readonly spec?: object; readonly metadata?: object } = {},
): object {
  const containers = [{ name: "main", image: "busybox" }];
  return { apiVersion: "v1", kind: "Pod", metadata: { name, ...metadata }, spec: { containers, ...spec } };
}
