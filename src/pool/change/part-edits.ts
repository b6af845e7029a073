import { z } from 'zod';
import { ReconError } from '../../domain/errors.ts';
import type { PoolGroup } from '../../domain/pool/pool-settings.ts';
import type { Profile } from '../../domain/pool/profile.ts';
import { locatedSettings } from '../../settings/settings-text.ts';
import { type FileSetting, type PoolEdit, type PoolFiles, poolOf, withFileSettings, writtenAt } from './pool-edit.ts';

/** A group as it is to be; one that is there keeps its comments. */
export function writeGroup(name: string, group: z.input<typeof PoolGroup>): PoolEdit {
  return {
    what: `group ${name} is written`,
    edit: (files) => {
      const pool = poolOf(files);
      const { file, path } = writtenAt(pool, 'group', name);
      const before = pool.groups.get(name);
      if (before === undefined) return withFileSettings(files, [{ file, change: [path, group] }]);
      const gone = Object.keys(before).filter((key) => !(key in group));
      return withFileSettings(files, [
        ...gone.map((key): FileSetting => ({ file, change: [[...path, key], undefined] })),
        ...Object.entries(group).map(([key, value]): FileSetting => ({ file, change: [[...path, key], value] })),
      ]);
    },
  };
}

/** @throws ReconError `not-found` */
export function removeGroup(name: string): PoolEdit {
  return {
    what: `group ${name} is taken out`,
    edit: (files) => {
      const pool = poolOf(files);
      if (!pool.groups.has(name)) throw new ReconError('not-found', `there is no group ${name}`);
      const { file, path } = writtenAt(pool, 'group', name);
      return withFileSettings(files, [{ file, change: [path, undefined] }]);
    },
  };
}

/** A profile as it is to be, in a file of its own; values that stay as they are keep their comments. */
export function writeProfile(name: string, profile: z.input<typeof Profile>): PoolEdit {
  const file = profileFile(name);
  return {
    what: `profile ${name} is written`,
    edit: (files) => {
      const before = writtenKeys(files, file);
      const gone = Object.keys(before).filter((key) => !(key in profile));
      const changed = Object.entries(profile).filter(([key, value]) => JSON.stringify(before[key]) !== JSON.stringify(value));
      return withFileSettings(files, [
        ...gone.map((key): FileSetting => ({ file, change: [[key], undefined] })),
        ...changed.map(([key, value]): FileSetting => ({ file, change: [[key], value] })),
      ]);
    },
  };
}

/** @throws ReconError `not-found`; what still names the profile is told by the check of the folder */
export function removeProfile(name: string): PoolEdit {
  const file = profileFile(name);
  return {
    what: `profile ${name} is taken out`,
    edit: (files) => {
      if (!files.has(file)) throw new ReconError('not-found', `there is no ${file}`, { hint: 'Built-in profiles stay.' });
      return new Map([...files].filter(([path]) => path !== file));
    },
  };
}

/** The whole folder as it is to be: an upload, or an earlier revision. */
export function replaceFiles(wanted: PoolFiles, what: string): PoolEdit {
  return { what, edit: () => wanted };
}

function profileFile(name: string): string {
  return `profiles/${name}.yaml`;
}

function writtenKeys(files: PoolFiles, file: string): Record<string, unknown> {
  const found = locatedSettings(files.get(file) ?? '', z.record(z.string(), z.unknown()));
  return found.outcome === 'ok' ? found.settings : {};
}
