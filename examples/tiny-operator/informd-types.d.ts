// Written by informd types; do not edit. To write it anew: informd types --crds examples/tiny-operator/definition.yaml --handlers examples/tiny-operator
import type { LiveMetadata } from "informd";

declare module "informd" {
  interface Resources {
    sites: V1Site;
    site: V1Site;
    Site: V1Site;
    "sites.example.com": V1Site;
    "site.example.com": V1Site;
    "Site.example.com": V1Site;
    "sites.v1.example.com": V1Site;
  }
}

/** A page that a web server can mount. */
export interface V1Site {
  apiVersion: "example.com/v1";
  kind: "Site";
  metadata: LiveMetadata;
  spec: V1SiteSpec;
  status?: V1SiteStatus;
}

export interface V1SiteSpec {
  /** @default "en" */
  language?: "en" | "de" | "fr";
  paragraphs?: string[];
  title: string;
}

export interface V1SiteStatus {
  conditions?: {
    /** When the status last changed. */
    lastTransitionTime: string;
    message: string;
    /** One word in CamelCase, for machines. */
    reason: string;
    status: "True" | "False" | "Unknown";
    type: string;
  }[];
  /** Where the page is. */
  configMap?: string;
  /** Of the spec that the status is about. */
  observedGeneration?: number;
}
