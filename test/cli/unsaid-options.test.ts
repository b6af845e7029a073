import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Command } from 'commander';
import { withUnsaidOptions } from '../../src/cli/unsaid-options.ts';

test('what was typed goes before the file, the file before a default', () => {
  const command = new Command().option('--port <n>', '', Number, 80).option('--pool <dir>', '', '/a').option('--state <dir>', '', '/b');
  command.parse(['node', 'x', '--pool', '/typed']);
  const settings = { pool: '/file', state: '/file', interface: 'eth1' };
  assert.deepEqual(withUnsaidOptions(command, settings), { port: 80, pool: '/typed', state: '/file', interface: 'eth1' });
});
