import { z } from 'zod';

/** What a head answers to a change that was thought out on an earlier state. */
export const BothSides = z.looseObject({
  revision: z.int(),
  meanwhile: z.array(z.looseObject({ revision: z.int(), by: z.string(), what: z.string() })),
  yours: z.array(z.looseObject({ path: z.string(), lines: z.array(z.string()) })),
});

/** Both sides of a conflict, for people. Pure. */
export function conflictText({ revision, meanwhile, yours }: z.infer<typeof BothSides>): string {
  return [
    'look at both sides, and repeat it if it is still right',
    '  meanwhile:',
    ...meanwhile.map((one) => `    revision ${one.revision} by ${one.by}: ${one.what}`),
    `  yours would change in revision ${revision}:`,
    ...(yours.length === 0
      ? ['    nothing: it is so already']
      : yours.flatMap(({ path, lines }) => [`    ${path}`, ...lines.map((line) => `      ${line}`)])),
  ].join('\n');
}
