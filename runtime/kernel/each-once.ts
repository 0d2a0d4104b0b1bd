/** Tells the same thing again only after another one: whatever is tried again fails again. */
export function eachOnce(tell: (reason: string) => void): (reason: string) => void {
  let told: string | undefined;
  return (reason) => {
    if (reason === told) return;
    told = reason;
    tell(reason);
  };
}
