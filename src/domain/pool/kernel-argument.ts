import { z } from 'zod';
import { nearestWord } from '../values/nearest-word.ts';
import { PLACEHOLDERS, unknownPlaceholder } from './placeholders.ts';

/** One argument of a kernel's command line, which stands in a script of iPXE: there `#` begins a comment, and `;`, `&&` and `||` end a command. */
export const KernelArgument = z
  .string()
  .regex(/^[^\s"'\\]+$/, 'one argument, without blanks and quotes')
  .refine((text) => !/^(#.*|;|&&|\|\|)$/.test(text), 'this ends a command of the boot loader; it is no argument')
  .check(({ value, issues }) => {
    const unknown = unknownPlaceholder(value);
    if (unknown === undefined) return;
    const meant = nearestWord(unknown.replaceAll(/[${}]/g, ''), PLACEHOLDERS);
    const hint = meant === undefined ? `known are ${PLACEHOLDERS.map((one) => `\${${one}}`).join(', ')}` : `did you mean \${${meant}}?`;
    issues.push({ code: 'custom', input: value, message: `there is no ${unknown}; ${hint}` });
  });
