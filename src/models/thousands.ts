/** A count with a comma behind the thousands: `25,636,712`. */
export function withThousands(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
