const loadModule = process.getBuiltinModule.bind(process);

/**
 * Hashes for the realm's `crypto.subtle`. Bytes come and go as text, a character for each, which crosses the bridge of vm2 at once.
 * The module is large: Node loads it when it is first used. `hash` is one of those that the realm knows.
 */
export function createCryptoFunctions() {
  const nodeCrypto = () => loadModule("node:crypto");
  const hmac = (hash: string, key: string, data: string) =>
    nodeCrypto().createHmac(hash, Buffer.from(key, "latin1")).update(data, "latin1");
  return {
    digest: (hash: string, data: string): string =>
      nodeCrypto().createHash(hash).update(data, "latin1").digest("latin1"),
    sign: (hash: string, key: string, data: string): string => hmac(hash, key, data).digest("latin1"),
    /** Takes as long for any signature of the right length. */
    verify(hash: string, key: string, data: string, signature: string): boolean {
      const expected = hmac(hash, key, data).digest();
      const given = Buffer.from(signature, "latin1");
      return given.length === expected.length && nodeCrypto().timingSafeEqual(given, expected);
    },
  };
}
