import assert from 'node:assert/strict';
import test from 'node:test';
import { type RunCommand, runCommands } from '../../../src/peer/capture/runner.ts';
import type { Argv, CommandResult } from '../../../src/platform/process/command.ts';
import { run } from '../../../src/platform/process/command.ts';

/** Keeps what is written. */
function memoryWriter() {
  const files = new Map<string, string>();
  return { files, write: async (path: string, content: string | Uint8Array) => void files.set(path, Buffer.from(content).toString()) };
}

const answer = (argv: Argv, more: Partial<CommandResult> = {}): CommandResult => ({
  argv,
  status: 'ok',
  exitCode: 0,
  signal: undefined,
  stdout: Buffer.from(argv.join(' ')),
  stderr: Buffer.alloc(0),
  durationMs: 1.4,
  ...more,
});

test('real commands: one works, one fails, one hangs, one is not there; each is a row in the order of the plan', async () => {
  const writer = memoryWriter();
  const planned = [
    { id: 'hangs', timeoutMs: 300, argv: ['sleep', '60'] as const },
    { id: 'fails', timeoutMs: 60_000, argv: ['ls', '/does/not/exist'] as const },
    { id: 'absent', timeoutMs: 60_000, argv: ['recon-no-such-tool'] as const },
    { id: 'works', timeoutMs: 60_000, argv: ['echo', 'hello'] as const },
  ];
  const rows = await runCommands(planned, { run, writer, deadlineMs: 30_000 });
  assert.deepEqual(
    rows.map((row) => [row.id, row.status]),
    [
      ['hangs', 'timeout'],
      ['fails', 'failed'],
      ['absent', 'absent'],
      ['works', 'ok'],
    ],
  );
  assert.equal(writer.files.get('raw/works.out'), 'hello\n');
  assert.match(writer.files.get('raw/fails.err') ?? '', /No such file/);
});

test('the commands of a lane run one after the other, the others beside them', async () => {
  let running = 0;
  let most = 0;
  const started: string[] = [];
  const runCommand: RunCommand = async (argv) => {
    started.push(argv[0]);
    if (argv[0] !== 'ipmitool') return answer(argv);
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return answer(argv);
  };
  const lane = (id: string) => ({ id, timeoutMs: 1000, lane: 'ipmi' as const, argv: ['ipmitool', id] as const });
  const free = { id: 'free', timeoutMs: 1000, argv: ['other'] as const };
  const rows = await runCommands([lane('a'), lane('b'), lane('c'), free], { run: runCommand, writer: memoryWriter(), deadlineMs: 1000 });
  assert.equal(most, 1);
  assert.deepEqual(
    rows.map((row) => row.status),
    ['ok', 'ok', 'ok', 'ok'],
  );
  assert.ok(started.indexOf('other') < started.lastIndexOf('ipmitool'));
});

test('after the deadline nothing is started, and every command is still a row', async () => {
  const calls: string[] = [];
  const runCommand: RunCommand = async (argv) => {
    calls.push(argv[0]);
    return answer(argv);
  };
  const rows = await runCommands([{ id: 'late', timeoutMs: 1000, argv: ['late'] }], {
    run: runCommand,
    writer: memoryWriter(),
    deadlineMs: 0,
  });
  assert.deepEqual(calls, []);
  assert.deepEqual(rows, [
    { id: 'late', argv: ['late'], status: 'timeout', durationMs: 0, reason: 'not started: the time for all commands was over' },
  ]);
});

test('a command that does not even die is left behind', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const never: RunCommand = (argv) => (argv[0] === 'stuck' ? new Promise(() => {}) : Promise.resolve(answer(argv)));
  const planned = ['stuck', 'fine'].map((id) => ({ id, timeoutMs: 1000, argv: [id] as const }));
  const ended = runCommands(planned, { run: never, writer: memoryWriter(), deadlineMs: 60_000 });
  await new Promise((resolve) => setImmediate(resolve));
  t.mock.timers.tick(6000);
  assert.deepEqual(
    (await ended).map((row) => row.status),
    ['timeout', 'ok'],
  );
});

test('an exit code that the rule knows is ok, and what is not kept is not written', async () => {
  const writer = memoryWriter();
  const planned = [
    { id: 'smart', timeoutMs: 1000, argv: ['smart'] as const, isOk: (code: number) => code === 4, keep: () => Buffer.from('kept') },
  ];
  const run4: RunCommand = async (argv) => answer(argv, { status: 'failed', exitCode: 4 });
  const rows = await runCommands(planned, { run: run4, writer, deadlineMs: 1000 });
  assert.deepEqual(rows, [{ id: 'smart', argv: ['smart'], status: 'ok', exitCode: 4, durationMs: 1 }]);
  assert.equal(writer.files.get('raw/smart.out'), 'kept');
});

test('a command without its device is absent and not run', async () => {
  const rows = await runCommands([{ id: 'bmc', timeoutMs: 1000, argv: ['ipmitool'], absentReason: 'no IPMI device' }], {
    run: () => assert.fail('it was run'),
    writer: memoryWriter(),
    deadlineMs: 1000,
  });
  assert.deepEqual(rows, [{ id: 'bmc', argv: ['ipmitool'], status: 'absent', durationMs: 0, reason: 'no IPMI device' }]);
});

test('what an output makes known is run too, once, and comes after the plan', async () => {
  const found = ['a', 'b', 'a'].map((id) => ({ id: `found-${id}`, timeoutMs: 1000, argv: ['ask', id] as const }));
  const planned = [
    {
      id: 'scan',
      timeoutMs: 1000,
      argv: ['scan'] as const,
      followUp: (stdout: Buffer) => (stdout.toString() === 'scan' ? found.slice(0, 2) : []),
    },
    { id: 'other', timeoutMs: 1000, argv: ['other'] as const, followUp: () => found.slice(2) },
    { id: 'broken', timeoutMs: 1000, argv: ['broken'] as const, followUp: () => assert.fail('nothing is known from a failure') },
  ];
  const runCommand: RunCommand = async (argv) => answer(argv, argv[0] === 'broken' ? { status: 'failed', exitCode: 1 } : {});
  const rows = await runCommands(planned, { run: runCommand, writer: memoryWriter(), deadlineMs: 1000 });
  assert.deepEqual(rows.map((row) => row.id).slice(0, 3), ['scan', 'other', 'broken']);
  assert.deepEqual(rows.map((row) => row.id).toSorted(), ['broken', 'found-a', 'found-b', 'other', 'scan']);
});

test('a lane whose first command has no answer is not asked further', async () => {
  const asked: string[] = [];
  const ended: string[] = [];
  const runCommand: RunCommand = async (argv) => {
    asked.push(argv.join(' '));
    return answer(argv, { status: 'timeout', exitCode: undefined });
  };
  const lane = (id: string) => ({ id, timeoutMs: 1000, lane: 'ipmi' as const, argv: ['ipmitool', id] as const });
  const rows = await runCommands([lane('info'), lane('fru')], {
    run: runCommand,
    writer: memoryWriter(),
    deadlineMs: 1000,
    onCommand: (row) => ended.push(row.id),
  });
  assert.deepEqual(asked, ['ipmitool info']);
  assert.deepEqual(ended, ['info', 'fru']);
  assert.deepEqual(rows[1], {
    id: 'fru',
    argv: ['ipmitool', 'fru'],
    status: 'timeout',
    durationMs: 0,
    reason: 'not asked: info had no answer',
  });
});

test('a command waits for what it needs, while the others run, and one whose wait fails is asked all the same', async () => {
  const order: string[] = [];
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const runCommand: RunCommand = async (argv) => {
    order.push(argv[0]);
    if (argv[0] === 'free') open();
    return answer(argv);
  };
  const planned = [
    { id: 'waits', timeoutMs: 1000, argv: ['waits'] as const, ready: () => gate },
    { id: 'broken', timeoutMs: 1000, argv: ['broken'] as const, ready: () => Promise.reject(new Error('no such thing')) },
    { id: 'free', timeoutMs: 1000, argv: ['free'] as const },
  ];
  const rows = await runCommands(planned, { run: runCommand, writer: memoryWriter(), deadlineMs: 5000 });
  assert.deepEqual(
    rows.map((row) => row.status),
    ['ok', 'ok', 'ok'],
  );
  assert.ok(order.indexOf('free') < order.indexOf('waits'));
});

test('a command gets the environment of all and its own', async () => {
  const seen: (Record<string, string> | undefined)[] = [];
  const runCommand: RunCommand = async (argv, options) => {
    seen.push(options.environment);
    return answer(argv);
  };
  const planned = [{ id: 'one', timeoutMs: 1000, argv: ['one'] as const, environment: { OWN: '1' } }];
  await runCommands(planned, { run: runCommand, writer: memoryWriter(), deadlineMs: 1000, environment: { PATH: '/tools' } });
  assert.deepEqual(seen, [{ PATH: '/tools', OWN: '1' }]);
});
