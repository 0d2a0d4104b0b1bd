const ALPHABET = /^[A-Za-z0-9+/]$/;

/** Why the text is no base64, in the words of Go's decoder, which lets line ends pass. `undefined`: it is. */
export function base64Error(text: string): string | undefined {
  const offset = corruptAt(Buffer.from(text, "utf8"));
  return offset === undefined ? undefined : `illegal base64 data at input byte ${offset}`;
}

function corruptAt(bytes: Buffer): number | undefined {
  const at = (index: number): string => String.fromCharCode(bytes[index] ?? 0);
  const afterLineEnds = (index: number): number => (/[\r\n]/.test(at(index)) ? afterLineEnds(index + 1) : index);
  let inGroup = 0;
  for (let index = afterLineEnds(0); index < bytes.length; index = afterLineEnds(index + 1)) {
    if (at(index) === "=") return paddingFault(inGroup, index);
    if (!ALPHABET.test(at(index))) return index;
    inGroup = (inGroup + 1) % 4;
  }
  return inGroup === 0 ? undefined : bytes.length - inGroup;

  function paddingFault(digits: number, index: number): number | undefined {
    if (digits < 2) return index;
    let last = index;
    if (digits === 2) {
      last = afterLineEnds(index + 1);
      if (last >= bytes.length) return bytes.length;
      if (at(last) !== "=") return last - 1;
    }
    const rest = afterLineEnds(last + 1);
    return rest < bytes.length ? rest : undefined;
  }
}
