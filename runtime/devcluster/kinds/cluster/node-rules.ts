import { elementsOf, textOf } from "#kernel/json-value.ts";
import { recordAt } from "../../record-at.ts";
import type { KindRules } from "../kind-rules.ts";

const NOT_READY = { key: "node.kubernetes.io/not-ready", effect: "NoSchedule" };

/** A new node takes no pods until its controller has seen it ready (admission plugin `TaintNodesByCondition`). */
export const nodeRules: KindRules = {
  prepareCreate(node) {
    const spec = recordAt(node, "spec");
    const taints = elementsOf(spec, "taints");
    const isTainted = taints.some((taint) => textOf(taint, "key") === NOT_READY.key);
    return {
      status: EMPTY_STATUS,
      ...node,
      spec: { ...spec, taints: isTainted ? taints : [...taints, NOT_READY] },
    };
  },
};

const EMPTY_STATUS = {
  daemonEndpoints: { kubeletEndpoint: { Port: 0 } },
  nodeInfo: {
    machineID: "",
    systemUUID: "",
    bootID: "",
    kernelVersion: "",
    osImage: "",
    containerRuntimeVersion: "",
    kubeletVersion: "",
    kubeProxyVersion: "",
    operatingSystem: "",
    architecture: "",
  },
};
