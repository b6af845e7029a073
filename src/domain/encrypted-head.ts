import { z } from 'zod';

/** The first line of a file that was encrypted as it arrived; it is encrypted with the rest. */
export const EncryptedHead = z.strictObject({
  path: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/)
    .meta({ description: 'where the bytes belong, below the root of a stick' }),
  isContinued: z.boolean().meta({ description: 'they go behind those that an earlier file of this path brought' }),
});
export type EncryptedHead = z.infer<typeof EncryptedHead>;
