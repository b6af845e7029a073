import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { deskTarball } from '../../desk/desk-fixture.ts';
import { launchBrowser, openPage } from '../fixtures/pages/browser.ts';
import { tabTo } from '../fixtures/pages/page-access.ts';
import { macOf, PASSWORD, poolHead, signedIn } from '../fixtures/pages/pool-head.ts';

const LIMIT = { timeout: 180_000 };

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

describe('the page of the boot pool in a real browser', LIMIT, () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  it('a set-up link makes the first administrator, who then signs in, and out', async () => {
    await using head = await poolHead();
    const link = await head.people.addUser('ada', { role: 'admin' });
    await using opened = await openPage(browser);
    const { page, complaints } = opened;
    await page.goto(`${head.url}/#setup=${link}`);
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByLabel('The same again').fill('something else');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'The two are not the same' }).waitFor();
    await page.getByLabel('The same again').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await row(page, 'node-002').waitFor();
    assert.equal(page.url().includes(link), false, 'the link stays in the address');
    await page.getByText('ada (admin)').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByLabel('Name').fill('ada');
    await page.getByRole('textbox', { name: 'Password' }).fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'User or password is wrong' }).waitFor();
    assert.equal(await page.getByLabel('Name').inputValue(), 'ada', 'what was typed stays');
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await row(page, 'node-002').waitFor();
    await page.goto(`${head.url}/#setup=${link}`);
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByLabel('The same again').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'used already' }).waitFor();
    assert.deepEqual(
      complaints.filter((text) => !/status of 401/.test(text)),
      [],
    );
  });

  it('a checkout that git cannot use is told on top of every view', async () => {
    await using head = await poolHead({ files: { '.git/HEAD': 'nonsense' } });
    await using opened = await signedIn(browser, head);
    await opened.page.getByText("Git does not get the pool's changes, which stand: fatal: not a git repository").waitFor();
  });

  it('two nodes are assigned with the keyboard alone, once and for good, and cleared', async () => {
    await using head = await poolHead({ nodes: 4 });
    await using opened = await signedIn(browser, head);
    const { page } = opened;
    await page.getByRole('checkbox', { name: 'Choose node-001' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('node-001 and node-002').waitFor();
    // the first of the list may be an installer: nothing is chosen for anybody
    assert.equal(await page.getByRole('combobox', { name: 'Boot' }).inputValue(), '');
    await page.getByRole('button', { name: 'Assign', exact: true }).click();
    assert.equal(await page.getByRole('combobox', { name: 'Boot' }).evaluate((field) => field.matches(':focus:invalid')), true);
    await page.getByRole('combobox', { name: 'Boot' }).focus();
    await page.keyboard.type('failsafe');
    await tabTo(page, 'Assign');
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Done: node-001, node-002: boots failsafe.' }).waitFor();
    await row(page, 'node-001').filter({ hasText: 'failsafe' }).waitFor();
    assert.deepEqual(bootsOf(head), { 'node-000': 'compute', 'node-001': 'failsafe', 'node-002': 'failsafe', 'node-003': 'compute' });
    await page.getByRole('checkbox', { name: 'Choose node-003' }).check();
    await page.getByRole('combobox', { name: 'Boot' }).selectOption('compute');
    await page.getByRole('combobox', { name: 'Version' }).selectOption('@4');
    await page.getByLabel('once, at the next boot').check();
    await page.getByRole('button', { name: 'Assign', exact: true }).click();
    await row(page, 'node-003').filter({ hasText: 'compute@4' }).filter({ hasText: 'once' }).waitFor();
    assert.equal(head.store.state().pool.nodes.get('node-003')?.once, 'compute@4');
    await page.getByRole('button', { name: 'Select all 4 shown' }).click();
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await page.getByRole('status').filter({ hasText: 'cleared' }).waitFor();
    assert.deepEqual(Object.values(bootsOf(head)), [undefined, undefined, undefined, undefined]);
  });

  it('a machine that asks appears by itself, is adopted by name, and a replaced card is taken over', async () => {
    await using head = await poolHead({ nodes: 2, files: { 'nodes.d/seen.yaml': SEEN_NODE } });
    await using opened = await signedIn(browser, head);
    const { page } = opened;
    await page.getByText('Live').waitFor();
    head.sees({
      mac: '52:54:00:99:00:01',
      vendor: 'HPE',
      product: 'DL360',
      serial: 'CZX1',
      askedAt: new Date().toISOString(),
      given: 'local-disk',
    });
    await page.getByRole('button', { name: 'Adopt 52:54:00:99:00:01' }).click();
    const name = page.getByRole('textbox', { name: 'Name' });
    assert.equal(await name.inputValue(), 'node-002', 'a default is offered');
    await name.fill('node-000');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'There is a node node-000 already' }).waitFor();
    await name.fill('login');
    await page.keyboard.press('Enter');
    await row(page, 'login').filter({ hasText: 'CZX1' }).waitFor();
    assert.deepEqual(head.store.state().pool.nodes.get('login'), { macs: ['52:54:00:99:00:01'], serial: 'CZX1' });
    head.sees({ mac: '52:54:00:99:00:02', serial: 'CZ77', askedAt: new Date().toISOString(), given: 'local-disk' });
    await page.getByText('Looks like gw with another card').waitFor();
    await page.getByRole('button', { name: 'It is gw' }).click();
    await page.getByRole('button', { name: 'Replace the card' }).click();
    await page.getByText('Looks like gw').waitFor({ state: 'detached' });
    assert.deepEqual(head.store.state().pool.nodes.get('gw')?.macs, ['52:54:00:99:00:02', '52:54:00:66:07:07']);
  });

  it('many machines are adopted at once, in the order of their switch ports', async () => {
    const at = new Date().toISOString();
    const machine = (mac: string, port: string) => ({ mac, switch: 'sw-r1', port, askedAt: at, given: 'local-disk' });
    await using head = await poolHead({
      machines: [machine('52:54:00:99:00:01', '10'), machine('52:54:00:99:00:02', '2'), machine('52:54:00:99:00:03', '1')],
    });
    await using opened = await signedIn(browser, head);
    const { page } = opened;
    await page.getByRole('button', { name: 'Adopt all' }).click();
    await page.getByRole('textbox', { name: 'Name of the first' }).fill('gpu-01');
    await page.keyboard.press('Enter');
    await row(page, 'gpu-03').waitFor();
    const { nodes } = head.store.state().pool;
    assert.deepEqual(
      ['gpu-01', 'gpu-02', 'gpu-03'].map((name) => nodes.get(name)?.macs[0]?.slice(-2)),
      ['03', '02', '01'],
    );
  });

  it('a node says why it boots what it boots, is edited, and goes on when a person lets it', async () => {
    await using head = await poolHead({
      files: { 'groups.yaml': 'rack1: { boot: failsafe, priority: 5 }\nrack2: {}\n' },
      machines: [
        {
          mac: macOf(0),
          runs: 'failsafe',
          runsSince: new Date().toISOString(),
          aliveAt: new Date().toISOString(),
          rootUsedPercent: 91,
          frozen: { at: new Date().toISOString(), why: 'a second asker came with its token' },
        },
      ],
    });
    await using opened = await signedIn(browser, head);
    const { page } = opened;
    await row(page, 'node-000').filter({ hasText: 'Alarm' }).filter({ hasText: 'a second asker came with its token' }).waitFor();
    await page.getByRole('link', { name: 'node-000' }).click();
    await row(page, 'The node')
      .filter({ hasText: 'decides' })
      .filter({ hasText: 'compute' })
      .filter({ hasText: 'nodes.yaml line 1' })
      .waitFor();
    await row(page, 'Group rack1').filter({ hasText: 'failsafe' }).filter({ hasText: 'would, if nothing above did' }).waitFor();
    await page.getByText('Its root is 91 % full').waitFor();
    await page.getByRole('button', { name: 'Let it go on' }).click();
    await page.getByRole('status').filter({ hasText: 'node-000 may go on' }).waitFor();
    await page.getByText('Runs other').waitFor();
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await row(page, 'Group rack1').filter({ hasText: 'decides' }).waitFor();
    await page.getByRole('button', { name: 'Edit …' }).click();
    await page.getByRole('textbox', { name: 'Groups' }).fill('rack2');
    await page.getByRole('textbox', { name: 'Address', exact: true }).fill('nonsense');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'an IPv4 address' }).waitFor();
    await page.getByRole('textbox', { name: 'Address', exact: true }).fill('10.10.0.10');
    await page.keyboard.press('Enter');
    await row(page, 'Group rack2').waitFor();
    assert.deepEqual(head.store.state().pool.nodes.get('node-000'), { macs: [macOf(0)], groups: ['rack2'], address: '10.10.0.10' });
    await page.getByRole('button', { name: 'Rename …' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('node-001');
    await page.getByText('There is a node node-001 already.').waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill('login');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'login' }).waitFor();
    // a bookmark of the old name
    await page.goto(`${head.url}#/node/node-000`);
    await page.getByRole('link', { name: 'it is called login' }).click();
    await page.getByRole('heading', { name: 'login' }).waitFor();
    await page.getByRole('listitem').filter({ hasText: 'node-000 is called login' }).waitFor();
    await page.getByRole('button', { name: 'Take it out …' }).click();
    await page.getByRole('button', { name: 'Take it out', exact: true }).click();
    await page.getByRole('heading', { name: 'Nodes' }).waitFor();
    assert.deepEqual(
      [...head.store.state().pool.nodes.keys()].filter((name) => name === 'login' || name === 'node-000'),
      [],
    );
  });

  it('who was overtaken sees both sides, loses nothing, and decides', async () => {
    await using head = await poolHead({ nodes: 4 });
    await using opened = await signedIn(browser, head);
    const { page } = opened;
    await page.getByRole('checkbox', { name: 'Choose node-001' }).check();
    await page.getByRole('combobox', { name: 'Boot' }).selectOption('failsafe');
    await head.change('node-003: boots recon', edited('boot: compute }\n', 'boot: recon }\n', 'node-003'));
    await row(page, 'node-003').filter({ hasText: 'recon' }).waitFor();
    await page.getByRole('button', { name: 'Assign', exact: true }).click();
    await page.getByRole('status').filter({ hasText: 'node-001: boots failsafe' }).waitFor();
    assert.equal(bootsOf(head)['node-001'], 'failsafe', 'a change of another node is no conflict');
    await page.getByRole('checkbox', { name: 'Choose node-002' }).check();
    await page.getByRole('combobox', { name: 'Boot' }).selectOption('local-disk');
    await head.change('node-002: boots recon', edited('boot: compute }\n', 'boot: recon }\n', 'node-002'));
    await row(page, 'node-002').filter({ hasText: 'recon' }).waitFor();
    await page.getByRole('button', { name: 'Assign', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Somebody else was faster' });
    await dialog.getByText('bob: node-002: boots recon').waitFor();
    await dialog.getByText('boot: local-disk').waitFor();
    await dialog.getByRole('button', { name: 'Leave it as it is' }).click();
    assert.equal(bootsOf(head)['node-002'], 'recon');
    assert.equal(await page.getByRole('combobox', { name: 'Boot' }).inputValue(), 'local-disk', 'what was chosen stays');
    await page.getByRole('button', { name: 'Assign', exact: true }).click();
    await dialog.getByRole('button', { name: 'Make mine all the same' }).click();
    await page.getByRole('status').filter({ hasText: 'node-002: boots local-disk' }).waitFor();
    assert.equal(bootsOf(head)['node-002'], 'local-disk');
  });

  it('history shows what each revision changed, and goes back to one', async () => {
    await using head = await poolHead();
    await head.change('node-001: boots recon', edited('boot: compute }\n', 'boot: recon }\n', 'node-001'));
    await head.change('node-002: boots hold', edited('boot: compute }\n', 'boot: hold }\n', 'node-002'));
    await using opened = await signedIn(browser, head);
    const { page } = opened;
    await page.getByRole('link', { name: 'History' }).click();
    await row(page, 'node-002: boots hold').filter({ hasText: 'bob' }).waitFor();
    await page.getByRole('link', { name: 'Revision 1', exact: true }).click();
    await page.getByText("+node-001: { macs: ['52:54:00:66:00:01'], groups: [rack2], boot: compute }").waitFor();
    await page.getByRole('button', { name: 'Go back to revision 1 …' }).click();
    await page.getByRole('button', { name: 'Go back', exact: true }).click();
    await row(page, 'back to revision 1').filter({ hasText: 'ada-admin' }).waitFor();
    assert.deepEqual(Object.values(bootsOf(head)), ['compute', 'compute', 'compute']);
    await page.getByRole('link', { name: 'Audit' }).click();
    await row(page, 'back to revision 1').filter({ hasText: 'ada-admin' }).waitFor();
    await page.getByText('each with the sum of the line before').waitFor();
  });

  it('a list from a spreadsheet is taken whole, or each bad line is named and nothing is lost', async () => {
    await using head = await poolHead({ nodes: 1 });
    await using opened = await signedIn(browser, head);
    const { page } = opened;
    await page.getByRole('link', { name: 'Import' }).click();
    const bad = 'Name;MAC-Adresse;Rack\nr1n1;5254.0077.0001;rack1\nr1n2;nonsense;rack1\nr1n3;;rack1\n';
    const field = page.getByRole('textbox', { name: 'Or paste it here' });
    await field.fill(bad);
    await page.getByRole('button', { name: 'Look at it' }).click();
    await page.getByText('2 refused, 1 added. Nothing is taken until').waitFor();
    await row(page, '"nonsense" is not a MAC address').filter({ hasText: '3' }).waitFor();
    await row(page, 'there is no MAC address in it').filter({ hasText: '4' }).waitFor();
    assert.equal(await field.inputValue(), bad);
    await field.fill('name;mac;note\nnode-000;52:54:00:66:00:00;by the door\nr1n1;5254.0077.0001;\n');
    await page.getByRole('heading', { name: 'What it would do' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Look at it' }).click();
    await row(page, 'note: nothing → by the door').filter({ hasText: 'Changed' }).waitFor();
    assert.equal(head.store.state().revision, 1, 'to look at it changes nothing');
    await page.getByRole('button', { name: 'Take 2 lines' }).click();
    await page.getByRole('link', { name: 'r1n1' }).waitFor();
    await row(page, 'r1n1').waitFor();
    assert.equal(head.store.state().pool.nodes.get('node-000')?.note, 'by the door');
    await page.getByRole('link', { name: 'Import' }).click();
    await page
      .getByLabel('A file')
      .setInputFiles({ name: 'r.csv', mimeType: 'text/csv', buffer: Buffer.from('\uFEFFMAC;Rechner\n52-54-00-77-00-02;r1n2\n') });
    await page.getByText('2 lines').waitFor();
    await page.getByRole('button', { name: 'Take 1 line' }).click();
    await page.getByRole('link', { name: 'r1n2' }).waitFor();
    await row(page, 'r1n2').waitFor();
    assert.deepEqual(head.store.state().pool.nodes.get('r1n2')?.macs, ['52:54:00:77:00:02']);
  });

  it('the tarball of a visit becomes a list, whose names may be changed before it is taken', async () => {
    await using directory = await temporaryDirectory('recon-visit-page-');
    const { path } = await deskTarball(directory.path, ['CZ31', 'CZ32']);
    await using head = await poolHead({ nodes: 1 });
    await using opened = await signedIn(browser, head);
    const { page } = opened;
    await page.getByRole('link', { name: 'Import' }).click();
    await page
      .getByLabel('A file')
      .setInputFiles({ name: 'no.tar.gz', mimeType: 'application/gzip', buffer: Buffer.from([0x1f, 0x8b, 8]) });
    await page.getByRole('alert').filter({ hasText: 'A visit is called recon-SITE-DATE.tar.gz' }).waitFor();
    await page.getByLabel('A file').setInputFiles(path);
    await page.getByText('The visit of hall-3, 2026-11-20: 2 machines that may become nodes').waitFor();
    await row(page, 'node-001').filter({ hasText: 'Added' }).filter({ hasText: '0c:c4:7a:00:00:01' }).waitFor();
    const field = page.getByRole('textbox', { name: 'Or paste it here' });
    await field.fill((await field.inputValue()).replace('node-001,', 'login,'));
    await page.getByRole('button', { name: 'Look at it' }).click();
    await page.getByRole('button', { name: 'Take 2 lines' }).click();
    await page.getByRole('link', { name: 'login' }).waitFor();
    await row(page, 'login').filter({ hasText: 'CZ31' }).waitFor();
    assert.deepEqual([...head.store.state().pool.nodes.keys()], ['node-000', 'login', 'node-002']);
  });

  it('images say who uses them, and a profile is moved to another version', async () => {
    const at = new Date().toISOString();
    await using head = await poolHead({ machines: [{ mac: macOf(0), runs: 'compute@4', runsSince: at, aliveAt: at }] });
    await using opened = await signedIn(browser, head);
    const { page } = opened;
    await row(page, 'node-000').filter({ hasText: 'Runs other' }).filter({ hasText: 'as compute@3' }).waitFor();
    await page.getByRole('link', { name: 'Images' }).click();
    await row(page, 'compute-debian-13@4').filter({ hasText: 'node-000 runs it' }).filter({ hasText: '50.1 MB' }).waitFor();
    await row(page, 'compute-debian-13@3').filter({ hasText: 'node-000, node-001, node-002 boot it next' }).waitFor();
    await page.getByRole('button', { name: 'Delete compute-debian-13@4' }).click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await page.getByRole('alert').filter({ hasText: 'Compute-debian-13@4 stays: it is booted by node-000' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Delete failsafe@1' }).click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await row(page, 'failsafe@1').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Profiles' }).click();
    await page.getByRole('button', { name: 'Edit compute' }).click();
    await page.getByRole('combobox', { name: 'Image' }).selectOption('compute-debian-13@4');
    await page.getByRole('textbox', { name: 'Kernel arguments' }).fill('console=ttyS0,115200n8');
    await page.keyboard.press('Enter');
    await row(page, 'compute-debian-13@4').filter({ hasText: 'console=ttyS0' }).waitFor();
    await page.getByRole('link', { name: 'Nodes', exact: true }).click();
    await row(page, 'node-000').filter({ hasText: 'Runs' }).filter({ hasText: 'as compute@4' }).waitFor();
    assert.equal(await row(page, 'node-000').getByText('Runs other').count(), 0);
  });
});

const SEEN_NODE = "gw: { macs: ['52:54:00:66:07:07'], serial: 'CZ77' }\n";

function bootsOf({ store }: Awaited<ReturnType<typeof poolHead>>): Record<string, string | undefined> {
  return Object.fromEntries([...store.state().pool.nodes].map(([name, { boot }]) => [name, boot]));
}

/** A change of one line of nodes.yaml, as another person makes it. */
function edited(from: string, to: string, node: string) {
  return (files: ReadonlyMap<string, string>): ReadonlyMap<string, string> => {
    const lines = (files.get('nodes.yaml') ?? '').split(/(?<=\n)/);
    const text = lines.map((line) => (line.startsWith(node) ? line.replace(from, to) : line)).join('');
    return new Map([...files, ['nodes.yaml', text]]);
  };
}
