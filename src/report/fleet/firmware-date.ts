/** A firmware's release date as ISO 8601, from the forms in which it is printed (SMBIOS 3.7, section 7.1: mm/dd/yy or mm/dd/yyyy). */
export function firmwareDate(printed: string | undefined): string | undefined {
  const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})$/.exec(printed ?? '') ?? [];
  if (month !== undefined && day !== undefined && year !== undefined) return valid(year.length === 2 ? `19${year}` : year, month, day);
  const [, isoYear, isoMonth, isoDay] = /^(\d{4})-(\d\d)-(\d\d)/.exec(printed ?? '') ?? [];
  return isoYear === undefined || isoMonth === undefined || isoDay === undefined ? undefined : valid(isoYear, isoMonth, isoDay);
}

function valid(year: string, month: string, day: string): string | undefined {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCFullYear() < 1980) return undefined;
  return date.toISOString().slice(0, 10);
}
