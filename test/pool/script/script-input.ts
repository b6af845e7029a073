import { Profile } from '../../../src/domain/pool/profile.ts';
import type { ScriptInput } from '../../../src/pool/script/script-input.ts';

/** A machine of the handbook's pool that is to boot a profile. */
export function inputOf(profile: object, change: Partial<ScriptInput> = {}): ScriptInput {
  return {
    mac: '52:54:00:66:00:01',
    base: 'http://10.10.0.1',
    profileName: 'mine',
    profile: Profile.parse(profile),
    because: 'node node-000 says mine (nodes.yaml line 1)',
    machine: 'node-000',
    values: {
      'node.name': 'node-000',
      'node.tags': 'gpu,big',
      'node.address': '10.10.0.10',
      group: 'rack1',
      'image.version': '3',
      'head.address': '10.10.0.1',
    },
    ...change,
  };
}
