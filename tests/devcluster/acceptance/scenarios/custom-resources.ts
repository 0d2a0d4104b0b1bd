import { widget, widgetDefinition } from "../manifests.ts";
import type { Scenario } from "../scenario.ts";
import type { Session } from "../session.ts";

export const customResources: Scenario = {
  name: "custom-resources",
  async play(session) {
    await definition(session);
    await reading(session);
    await writing(session);
    await applying(session);
    await end(session);
  },
};

async function definition(session: Session): Promise<void> {
  await session.kubectl("a definition and an object of it in one file", "apply -f -", {
    input: [widgetDefinition(), widget("w1")],
    expect: ["widgets.example.com created", 'no matches for kind "Widget"', "ensure CRDs are installed first"],
  });
  await session.kubectl(
    "a definition is established",
    "wait --for=condition=Established --timeout=30s crd/widgets.example.com",
    {
      expect: "condition met",
    },
  );
  await session.kubectl("definitions", "get crd widgets.example.com");
  await session.kubectl("a definition as YAML", "get crd widgets.example.com -o yaml");
  await session.kubectl("an object is applied", "apply -f -", {
    input: widget("w1"),
    expect: "widget.example.com/w1 created",
  });
  await session.kubectl("an object is applied again", "apply -f -", { input: widget("w1"), expect: "unchanged" });
  await session.kubectl("the resource is listed", "api-resources --api-group=example.com -o wide");
  await session.kubectl("a definition with a bad name is refused", "create -f -", {
    input: { ...widgetDefinition(), metadata: { name: "other.example.com" } },
  });
}

async function reading(session: Session): Promise<void> {
  await session.kubectl("columns", "get wd", { expect: /NAME +SIZE +AGE/ });
  await session.kubectl("wide columns", "get wd -o wide", { expect: [/COLOR/, /red/] });
  await session.kubectl("a category", "get all", { expect: "widget.example.com/w1" });
  await session.kubectl("an object with its default", "get wd w1 -o yaml", { expect: "color: red" });
  await session.kubectl("a list as YAML", "get wd -o yaml");
  await session.kubectl("a field selector by name", "get wd --field-selector=metadata.name=w1");
  await session.kubectl("a field selector by a selectable field", "get wd --field-selector=spec.color=red -o name");
  await session.kubectl("another field selector", "get wd --field-selector=spec.size=2");
  await session.kubectl("an object that is not there", "get wd nope");
}

async function writing(session: Session): Promise<void> {
  const patch = (body: object, rest = ""): string => `patch wd w1 --type=merge -p '${JSON.stringify(body)}' ${rest}`;
  await session.kubectl("an object is scaled", "scale wd w1 --replicas=4", { expect: "widget.example.com/w1 scaled" });
  await session.kubectl("its scale", "get wd w1 --subresource=scale -o yaml");
  await session.kubectl("a size above the limit", patch({ spec: { size: 77 } }), {
    expect: "spec.size: Invalid value: 77: spec.size in body should be less than or equal to 9",
  });
  await session.kubectl("a size of another type", patch({ spec: { size: "big" } }));
  await session.kubectl("a required field is removed", patch({ spec: { size: null } }));
  await session.kubectl("an unknown field", patch({ spec: { bogus: 1 } }), {
    expect: 'Warning: unknown field "spec.bogus"',
  });
  await session.kubectl("a strategic patch", 'patch wd w1 --type=strategic -p \'{"spec":{"size":3}}\'', {
    expect: "is not supported",
  });
  await session.kubectl(
    "a patch of the status",
    patch({ status: { replicas: 2, ready: true } }, "--subresource=status"),
  );
  await session.kubectl("a status in a patch of the object", patch({ status: { replicas: 7 } }));
  await session.kubectl("a status of a wrong type", patch({ status: { ready: "yes" } }, "--subresource=status"));
  await session.kubectl("an object without a required field", "create -f -", {
    input: { ...widget("w2"), spec: { color: "blue" } },
    expect: "spec.size: Required value",
  });
  await session.kubectl("an object with an unknown field", "create -f -", { input: widget("w2", { bogus: true }) });
  await session.kubectl("an object with an unlisted colour", "create -f -", { input: widget("w2", { color: "pink" }) });
  await session.kubectl("a replacement without a version", "replace -f -", { input: widget("w1", { size: 3 }) });
  await session.kubectl("after the writes", "get wd w1 -o yaml");
}

async function applying(session: Session): Promise<void> {
  const line = "apply --server-side -f -";
  const parts = [
    { name: "a", weight: 1 },
    { name: "b", weight: 2 },
  ];
  await session.kubectl("a server-side apply", line, { input: widget("ssa", { parts }) });
  await session.kubectl("another manager's part", `${line} --field-manager=other`, {
    input: { ...widget("ssa"), spec: { parts: [{ name: "c", weight: 3 }] } },
  });
  await session.kubectl("another manager's conflict", `${line} --field-manager=other`, {
    input: widget("ssa", { size: 5 }),
    expect: ".spec.size",
  });
  await session.kubectl("the managers of the parts", "get wd ssa -o yaml --show-managed-fields");
}

async function end(session: Session): Promise<void> {
  await session.kubectl("an object is deleted", "delete wd ssa");
  await session.kubectl("a definition is deleted", "delete crd widgets.example.com", { expect: "deleted" });
  await session.kubectl("objects of a deleted definition", "get wd", { expect: "exit code 1" });
}
