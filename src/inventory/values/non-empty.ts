/** A list that has something in it: "not reported" is a missing key, and so is a list of nothing. */
export function nonEmpty<T>(items: readonly T[]): T[] | undefined {
  return items.length > 0 ? [...items] : undefined;
}

/** The same of an object of which no field may be known. */
export function nonEmptyObject<T extends object>(fields: T): T | undefined {
  return Object.keys(fields).length > 0 ? fields : undefined;
}
