/** What {@link definedOnly} leaves of an object: keys whose value may be undefined become optional. */
export type Defined<Fields> = { [Key in keyof Fields as undefined extends Fields[Key] ? never : Key]: Fields[Key] } & {
  [Key in keyof Fields as undefined extends Fields[Key] ? Key : never]?: Exclude<Fields[Key], undefined>;
};

/** Takes the keys away whose value is undefined: "not reported" is a missing key. */
export function definedOnly<Fields extends object>(fields: Fields): Defined<Fields>;
export function definedOnly<Type extends object>(fields: { [Key in keyof Type]: Type[Key] | undefined }): Type;
export function definedOnly(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
