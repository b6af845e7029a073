import { join } from 'node:path';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '../..');
const Faulty = z.strictObject({ path: z.string(), copy: z.string() });

/** A file of the repository that is no module; `make faults` puts a copy with a fault in its place. */
export function fileUnderTest(path: string): string {
  const set = process.env['FAULTY_FILE'];
  const faulty = set === undefined ? undefined : Faulty.parse(JSON.parse(set));
  return faulty?.path === path ? faulty.copy : join(ROOT, path);
}
