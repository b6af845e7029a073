import { type Command, InvalidArgumentError, Option } from 'commander';
import { HEAD_PLACES } from '../domain/pool/head-places.ts';
import type { PoolRole } from '../domain/pool/person.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { askedHead, asksHead, type HeadOptionsDeps, type HeadWords, tell } from './asked-head.ts';
import { withUnsaidOptions } from './unsaid-options.ts';

/** Who may do what with the boot pool, and who did what. */
export function addPeopleCommands(program: Command, deps: HeadOptionsDeps): void {
  addUsers(program, deps);
  addTokens(program, deps);
  addAudit(program, deps);
}

interface UserWords {
  settings: string;
  users: string;
  state: string;
  json?: true;
}

function addUsers(program: Command, deps: HeadOptionsDeps): void {
  const user = program.command('user').description('people who may use a head: on the head itself, as root');
  const own = (words: string, description: string): Command =>
    user
      .command(words)
      .description(description)
      .option('--settings <file>', 'where an installed head says what is not said here', HEAD_PLACES.settings)
      .option('--users <file>', 'users and tokens of the head', HEAD_PLACES.users)
      .option('--state <folder>', 'its state, with the audit', HEAD_PLACES.state)
      .option('--json', 'for programs');
  own('add <name>', 'a new user, or another role or password of one; prints a link that sets the password, once and within 30 minutes')
    .addOption(roleOption())
    .option('--groups <names>', 'only nodes of these groups may be assigned; with commas between them')
    .addHelpText('after', '\nExample:\n  recon user add ada --role operator --groups rack1,rack2')
    .action(async (name: string, { role, groups, ...typed }: UserWords & { role: PoolRole; groups?: string }, command: Command) => {
      const words = await ownWords(typed, command);
      const { addUser } = await import('../pool/remote/own-users.ts');
      const link = await addUser(words, { name, role, ...definedOnly({ groups }) });
      tell(deps, { ...words, socket: '' }, { name, role, link }, `${name} sets a password, once and within 30 minutes:\n${link}\n`);
    });
  own('rm <name>', 'take a user away; who is signed in is so no more')
    .addHelpText('after', '\nExample:\n  recon user rm ada')
    .action(async (name: string, typed: UserWords, command: Command) => {
      const words = await ownWords(typed, command);
      const { removeUser } = await import('../pool/remote/own-users.ts');
      await removeUser(words, name);
      tell(deps, { ...words, socket: '' }, { removed: name }, `${name} is gone\n`);
    });
  own('list', 'users, with role and groups')
    .addHelpText('after', '\nExample:\n  recon user list')
    .action(async (typed: UserWords, command: Command) => {
      const words = await ownWords(typed, command);
      const { ownUsers } = await import('../pool/remote/own-users.ts');
      const { userListText } = await import('../pool/remote/people-text.ts');
      const found = await ownUsers(words);
      tell(deps, { ...words, socket: '' }, found, userListText(found));
    });
}

/** What nobody typed stands in the settings of an installed head. */
async function ownWords(typed: UserWords, command: Command): Promise<UserWords> {
  const { exists } = await import('../platform/files/files.ts');
  if (!(await exists(typed.settings))) return typed;
  const { readHeadSettings } = await import('../pool/head/read-head-settings.ts');
  const { users, state } = await readHeadSettings(typed.settings);
  return { ...typed, ...withUnsaidOptions<UserWords>(command, definedOnly({ users, state })) };
}

interface TokenWords extends HeadWords {
  role: PoolRole;
  groups?: string;
  days?: number;
}

function addTokens(program: Command, deps: HeadOptionsDeps): void {
  const token = program.command('token').description('tokens by which programs use a head');
  asksHead(token.command('create <name>'))
    .description('a new token; it is printed once, and kept by nobody')
    .addOption(roleOption())
    .option('--groups <names>', 'only nodes of these groups may be assigned; with commas between them')
    .option('--days <count>', 'until it is over; without it: never', dayCount)
    .addHelpText('after', '\nExample:\n  recon token create ci --role operator --days 90 > token')
    .action(async (name: string, { role, groups, days, ...words }: TokenWords) => {
      const { listed } = await import('../pool/remote/node-settings.ts');
      const body = { name, role, ...definedOnly({ groups: groups === undefined ? undefined : listed(groups), days }) };
      const made = await (await askedHead(words, deps)).createToken(body);
      tell(deps, words, made, `${made.secret}\n`);
    });
  asksHead(token.command('revoke <id>'))
    .description('a token that counts no more from now on; recon token list shows ids')
    .addHelpText('after', '\nExample:\n  recon token revoke 1f2e3d4c')
    .action(async (id: string, words: HeadWords) => {
      const found = await (await askedHead(words, deps)).revokeToken(id);
      tell(deps, words, found, `token ${found.revoked} is revoked\n`);
    });
  asksHead(token.command('list'))
    .description('tokens, without their secrets')
    .addHelpText('after', '\nExample:\n  recon token list')
    .action(async (words: HeadWords) => {
      const { tokenListText } = await import('../pool/remote/people-text.ts');
      const found = await (await askedHead(words, deps)).tokens();
      tell(deps, words, found, tokenListText(found));
    });
}

interface AuditWords extends HeadWords {
  node?: string;
  since?: string;
  verify?: true;
}

function addAudit(program: Command, deps: HeadOptionsDeps): void {
  asksHead(program.command('audit'))
    .description('who did what with the boot pool, the newest last')
    .option('--node <name>', 'only what is about this node')
    .option('--since <time>', '30m, 12h, 2d, 1w, or a date')
    .option('--verify', 'whether each line carries the sum of the one before; 1 when it does not')
    .addHelpText('after', '\nExamples:\n  recon audit --since 2d --node node-000\n  recon audit --verify')
    .action(async ({ node, since, verify, ...words }: AuditWords) => {
      const { auditCheckText, auditText } = await import('../pool/remote/people-text.ts');
      const { sinceMoment } = await import('../pool/remote/since.ts');
      const head = await askedHead(words, deps);
      if (verify) {
        const check = await head.auditCheck();
        tell(deps, words, check, auditCheckText(check));
        if (check.brokenAt !== undefined) process.exitCode = 1;
        return;
      }
      const found = await head.audit({
        node,
        since: since === undefined ? undefined : sinceMoment(since, new Date()),
      });
      tell(deps, words, found, auditText(found));
    });
}

function roleOption(): Option {
  return new Option('--role <role>', 'viewer looks, operator also says what nodes boot, admin does everything')
    .choices(['viewer', 'operator', 'admin'] satisfies PoolRole[])
    .makeOptionMandatory();
}

function dayCount(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('How many days?');
}
