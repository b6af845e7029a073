import { z } from 'zod';
import { ReconError } from '../../domain/errors.ts';
import { PoolGroup } from '../../domain/pool/pool-settings.ts';
import { BUILT_IN_PROFILES, Profile } from '../../domain/pool/profile.ts';
import { locatedSettings } from '../../settings/settings-text.ts';
import { groupUsers, profileUsers } from './part-users.ts';
import { type FileSetting, type PoolEdit, type PoolFiles, poolOf, withFileSettings, writtenAt } from './pool-edit.ts';

/** A group as it is to be; one that is there keeps its comments. */
export function writeGroup(name: string, group: z.input<typeof PoolGroup>): PoolEdit {
  return {
    what: `group ${name} is written`,
    edit: function* (files) {
      const pool = poolOf(files);
      const { file, path } = writtenAt(pool, 'group', name);
      const before = pool.groups.get(name);
      if (before === undefined) {
        const said = Object.entries(group).filter(([key, value]) => !isDefault(PoolGroup, key, value));
        return yield* withFileSettings(files, [{ file, change: [path, Object.fromEntries(said)] }]);
      }
      const gone = Object.keys(before).filter((key) => !(key in group));
      const changed = Object.entries(group).filter(([key, value]) => !isSame(value, before[key as keyof typeof before]));
      return yield* withFileSettings(files, [
        ...gone.map((key): FileSetting => ({ file, change: [[...path, key], undefined] })),
        ...changed.map(([key, value]): FileSetting => ({ file, change: [[...path, key], value] })),
      ]);
    },
  };
}

/** @throws ReconError `not-found`, `still-used` with who names it */
export function removeGroup(name: string): PoolEdit {
  return {
    what: `group ${name} is taken out`,
    edit: function* (files) {
      const pool = poolOf(files);
      if (!pool.groups.has(name)) throw new ReconError('not-found', `there is no group ${name}`);
      requireUnused(`group ${name}`, groupUsers(pool, name), 'Take its nodes out of it first.');
      const { file, path } = writtenAt(pool, 'group', name);
      return yield* withFileSettings(files, [{ file, change: [path, undefined] }]);
    },
  };
}

/** A profile as it is to be, in a file of its own; values that stay as they are keep their comments. */
export function writeProfile(name: string, profile: z.input<typeof Profile>): PoolEdit {
  const file = profileFile(name);
  return {
    what: `profile ${name} is written`,
    edit: function* (files) {
      const before = writtenKeys(files, file);
      const gone = Object.keys(before).filter((key) => !(key in profile));
      const schema = Profile.options.find(({ shape }) => shape.kind.safeParse(profile.kind).success);
      const changed = Object.entries(profile).filter(
        ([key, value]) => !isSame(before[key], value) && !(before[key] === undefined && isDefault(schema, key, value)),
      );
      return yield* withFileSettings(files, [
        ...gone.map((key): FileSetting => ({ file, change: [[key], undefined] })),
        ...changed.map(([key, value]): FileSetting => ({ file, change: [[key], value] })),
      ]);
    },
  };
}

/** @throws ReconError `not-found`, `still-used` with who names it, unless one that is built in comes in its place */
export function removeProfile(name: string): PoolEdit {
  const file = profileFile(name);
  return {
    what: `profile ${name} is taken out`,
    edit: function* (files) {
      if (!files.has(file)) throw new ReconError('not-found', `there is no ${file}`, { hint: 'Built-in profiles stay.' });
      if (!BUILT_IN_PROFILES.has(name))
        requireUnused(`profile ${name}`, profileUsers(poolOf(files), name), 'Assign something else to these first.');
      return new Map([...files].filter(([path]) => path !== file));
    },
  };
}

/** More names than these are a number. */
const NAMED_USERS = 8;

function requireUnused(what: string, users: readonly string[], hint: string): void {
  if (users.length === 0) return;
  const more = users.length > NAMED_USERS ? ` and ${users.length - NAMED_USERS} more` : '';
  throw new ReconError('still-used', `${what} stays: it is named by ${users.slice(0, NAMED_USERS).join(', ')}${more}`, { hint });
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Whether a value is what would be meant without it: what nobody wrote is not written. */
function isDefault(schema: z.ZodObject | undefined, key: string, value: unknown): boolean {
  const field = schema?.shape[key];
  return field instanceof z.ZodDefault && isSame(field.parse(undefined), value);
}

/** The whole folder as it is to be: an upload, or an earlier revision. */
export function replaceFiles(wanted: PoolFiles, what: string): PoolEdit {
  return {
    what,
    // biome-ignore lint/correctness/useYield: it is there already
    edit: function* () {
      return wanted;
    },
  };
}

function profileFile(name: string): string {
  return `profiles/${name}.yaml`;
}

function writtenKeys(files: PoolFiles, file: string): Record<string, unknown> {
  const found = locatedSettings(files.get(file) ?? '', z.record(z.string(), z.unknown()));
  return found.outcome === 'ok' ? found.settings : {};
}
