/** Without vowels and look-alikes, so that no word comes out (apimachinery: `rand.String`). */
const ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
const SUFFIX_LENGTH = 5;
const MAX_LENGTH = 63;

/** A name that begins with `base`. @param random in [0, 1) */
export function generatedName(base: string, random: () => number): string {
  return base.slice(0, MAX_LENGTH - SUFFIX_LENGTH) + randomSuffix(SUFFIX_LENGTH, random);
}

/** Letters as the server draws them. */
export function randomSuffix(length: number, random: () => number): string {
  return Array.from({ length }, () => ALPHABET[Math.floor(random() * ALPHABET.length)]).join("");
}
