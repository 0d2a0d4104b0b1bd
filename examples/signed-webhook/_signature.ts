/** `sha256=…` over the body, as GitHub signs its webhooks: whoever has the secret can tell who sent it, and that nothing was changed. */
export async function signatureOf(body: string, secret: string): Promise<string> {
  const text = new TextEncoder();
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", text.encode(secret), hmac, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", key, text.encode(body));
  return `sha256=${new Uint8Array(signature).toHex()}`;
}
