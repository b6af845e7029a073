import { z } from 'zod';

/** Folder of the operator's own collectors on RECONDATA, and its manifest. */
export const COLLECTORS_DIRECTORY = 'collectors';
export const COLLECTORS_MANIFEST = 'collectors.yaml';

const FileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,60}$/, 'not the plain name of a file in this folder');

/** `collectors/collectors.yaml` on RECONDATA: which programs every machine runs, and for how long at most. */
export const CollectorsManifest = z.strictObject({
  collectors: z
    .array(
      z.strictObject({
        name: z
          .string()
          .regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'not a name of lower-case letters, digits and hyphens')
          .meta({ description: 'what its output is called in the record' }),
        run: FileName.meta({ description: 'the program, a file in this folder: a script with #! or a static binary' }),
        arguments: z.array(z.string().max(1000)).max(100).exactOptional().meta({ description: 'passed as they are, without a shell' }),
        timeoutSeconds: z.int().min(1).max(600).exactOptional().meta({ description: 'then it is killed; 60 when missing' }),
      }),
    )
    .max(100)
    .check((context) => {
      const names = context.value.map(({ name }) => name);
      for (const [at, name] of names.entries()) {
        if (names.indexOf(name) < at)
          context.issues.push({ code: 'custom', path: [at, 'name'], message: `"${name}" is there twice`, input: name });
      }
    }),
});
export type CollectorsManifest = z.infer<typeof CollectorsManifest>;

/** A collector as peers are given it, in the workload's `collectors/collectors.json`. */
export const Collector = z.looseObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/),
  run: FileName,
  arguments: z.array(z.string()),
  timeoutMs: z.int().positive(),
});
export type Collector = z.infer<typeof Collector>;

/** Commands of such collectors have this in front of their name in a capture. */
export const CUSTOM_PREFIX = 'custom-';
