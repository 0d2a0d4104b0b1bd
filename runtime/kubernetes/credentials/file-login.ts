import type { Clock } from "#kernel/clock.ts";
import type { PemSource } from "../cluster-config.ts";
import type { ClientCertificate, Login, Proof } from "./credential.ts";
import { RereadFile } from "./reread-file.ts";

/** client-go's `fileTokenSource`: a token counts as good for a minute, less 10 s of leeway. */
const TOKEN_MAX_AGE_MS = 50_000;
const CERTIFICATE_MAX_AGE_MS = 10_000;

/** A bearer token from a file that is replaced before it expires, as kubelet does with a pod's. */
export function tokenFileLogin(path: string, clock: Clock): Login {
  const file = new RereadFile(path, clock, TOKEN_MAX_AGE_MS);
  return {
    prove: async () => ({ authorization: `Bearer ${await file.read()}` }),
    forget: () => file.expire(),
    close: () => {},
  };
}

/** A client certificate, from the kubeconfig or from files that are replaced on rotation. */
export function certificateLogin(source: { cert: PemSource; key: PemSource }, clock: Clock): Login {
  const [cert, key] = [pemReader(source.cert, clock), pemReader(source.key, clock)];
  return {
    async prove(): Promise<Proof> {
      const certificate: ClientCertificate = { cert: await cert.read(), key: await key.read() };
      return { certificate };
    },
    forget() {
      cert.expire();
      key.expire();
    },
    close: () => {},
  };
}

/** A proof that never changes. */
export function fixedLogin(proof: Proof): Login {
  return { prove: () => Promise.resolve(proof), forget: () => {}, close: () => {} };
}

/** Reads PEM as it is now. */
export interface PemReader {
  read(): Promise<string>;
  expire(): void;
}

export function pemReader(source: PemSource, clock: Clock): PemReader {
  if (source.type === "file") return new RereadFile(source.path, clock, CERTIFICATE_MAX_AGE_MS);
  return { read: () => Promise.resolve(source.pem), expire: () => {} };
}
