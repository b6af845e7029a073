import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from './fixtures/pages/browser.ts';
import { tabTo } from './fixtures/pages/page-access.ts';
import { macOf, PASSWORD, poolHead } from './fixtures/pages/pool-head.ts';

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

  it('two nodes are assigned with the keyboard alone, once and for good, and cleared', async () => {
    await using head = await poolHead({ nodes: 4 });
    await using opened = await signedIn(browser, head);
    const { page } = opened;
    await page.getByRole('checkbox', { name: 'Choose node-001' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('node-001 and node-002').waitFor();
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
    await page.getByRole('button', { name: 'Take it out …' }).click();
    await page.getByRole('button', { name: 'Take it out', exact: true }).click();
    await page.getByRole('heading', { name: 'Nodes' }).waitFor();
    assert.equal(head.store.state().pool.nodes.has('node-000'), false);
  });
});

const SEEN_NODE = "gw: { macs: ['52:54:00:66:07:07'], serial: 'CZ77' }\n";

async function signedIn(browser: Browser, head: Awaited<ReturnType<typeof poolHead>>, role: 'viewer' | 'operator' | 'admin' = 'admin') {
  await head.user('ada', role);
  const opened = await openPage(browser);
  const { page } = opened;
  await page.goto(head.url);
  await page.getByLabel('Name').fill('ada');
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByText(`ada (${role})`).waitFor();
  await page.getByRole('heading', { name: 'Nodes' }).waitFor();
  return opened;
}

function bootsOf({ store }: Awaited<ReturnType<typeof poolHead>>): Record<string, string | undefined> {
  return Object.fromEntries([...store.state().pool.nodes].map(([name, { boot }]) => [name, boot]));
}
