import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../fixtures/pages/browser.ts';
import { poorContrasts, unnamed } from '../fixtures/pages/page-access.ts';
import { poolHead, signedIn } from '../fixtures/pages/pool-head.ts';

describe('profiles, groups and nodes written on the page of the boot pool', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  it('a profile is made by the form of its kind, changed, refused while it is in use, and deleted', async () => {
    await using head = await poolHead();
    await using opened = await signedIn(browser, head);
    const { page } = opened;
    await page.getByRole('link', { name: 'Profiles' }).click();
    await page.getByRole('button', { name: 'New profile …' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('live');
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('linux');
    await page.getByRole('textbox', { name: 'Kernel', exact: true }).fill('live/vmlinuz');
    await page.getByLabel('Initial ramdisks').fill('live/initrd live/more');
    await page.getByLabel('Kernel arguments').fill('quiet two words"');
    await page.getByRole('button', { name: 'Write it down' }).click();
    await page.getByRole('alert').filter({ hasText: 'one argument, without blanks and quotes' }).waitFor();
    await page.getByLabel('Kernel arguments').fill('quiet');
    await page.getByRole('button', { name: 'Write it down' }).click();
    await row(page, 'live').filter({ hasText: 'live/vmlinuz' }).filter({ hasText: 'nobody' }).waitFor();
    assert.deepEqual(head.store.state().pool.profiles.get('live'), {
      ...{ kind: 'linux', kernel: 'live/vmlinuz', initrd: ['live/initrd', 'live/more'], arguments: ['quiet'] },
    });
    await page.getByRole('button', { name: 'Edit live' }).click();
    await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Live system');
    await page.getByRole('button', { name: 'Write it down' }).click();
    await row(page, 'live').filter({ hasText: 'Live system' }).waitFor();
    await page.getByRole('button', { name: 'Delete compute' }).click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    const fault = page.getByRole('alert').filter({ hasText: 'Profile compute stays: it is named by node node-000 (nodes.yaml line 1)' });
    await fault.filter({ hasText: 'Assign something else to these first.' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Delete live' }).click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await row(page, 'live').waitFor({ state: 'detached' });
    assert.equal(head.store.state().pool.profiles.has('live'), false);
  });

  it('who edits a profile that somebody else wrote meanwhile sees both sides, and what was typed stays', async () => {
    await using head = await poolHead();
    await using opened = await signedIn(browser, head);
    const { page } = opened;
    await page.getByRole('link', { name: 'Profiles' }).click();
    await page.getByRole('button', { name: 'Edit compute' }).click();
    await page.getByLabel('Share of RAM').fill('80');
    await head.change('profile compute is written', (files) =>
      new Map(files).set('profiles/compute.yaml', 'kind: compute\nimage: compute-debian-13@4\nsizePercent: 60\n'),
    );
    await row(page, 'compute-debian-13@4').waitFor();
    await page.getByRole('button', { name: 'Write it down' }).click();
    const dialog = page.getByRole('dialog', { name: 'Somebody else was faster' });
    await dialog.getByText('bob: profile compute is written').waitFor();
    await dialog.getByText('+sizePercent: 80').waitFor();
    await dialog.getByText('-image: compute-debian-13@4').waitFor();
    await dialog.getByRole('button', { name: 'Leave it as it is' }).click();
    assert.equal(await page.getByLabel('Share of RAM').inputValue(), '80');
    await page.getByRole('button', { name: 'Write it down' }).click();
    await dialog.getByRole('button', { name: 'Make mine all the same' }).click();
    await row(page, 'compute-debian-13@3').waitFor();
    assert.equal(JSON.stringify(head.store.state().pool.profiles.get('compute')).includes('"sizePercent":80'), true);
  });

  it('a group is made, given nodes from the list and by names, changed, and deleted when nobody is in it', async () => {
    await using head = await poolHead({ nodes: 4 });
    await using opened = await signedIn(browser, head);
    const { page } = opened;
    await page.getByRole('link', { name: 'Groups' }).click();
    await page.getByRole('button', { name: 'New group …' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('rack1');
    await page.getByRole('alert').filter({ hasText: 'There is a group rack1 already' }).waitFor();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('gpu');
    await page.getByRole('combobox', { name: 'Boots' }).selectOption('failsafe');
    await page.getByLabel('Priority').fill('high');
    await page.getByRole('button', { name: 'Write it down' }).click();
    await page.getByRole('alert').filter({ hasText: 'Priority' }).waitFor();
    await page.getByLabel('Priority').fill('20');
    await page.getByRole('button', { name: 'Write it down' }).click();
    await row(page, 'gpu').filter({ hasText: 'failsafe' }).filter({ hasText: '20' }).filter({ hasText: 'none' }).waitFor();
    await page.getByRole('link', { name: 'Nodes', exact: true }).click();
    await page.getByRole('checkbox', { name: 'Choose node-001' }).check();
    await page.getByRole('checkbox', { name: 'Choose node-002' }).check();
    await page.getByRole('button', { name: 'Groups …' }).click();
    await page.getByRole('combobox', { name: 'Group' }).selectOption('gpu');
    await page.getByText('None of them is in it now.').waitFor();
    await page.getByRole('button', { name: 'Put them in' }).click();
    await page.getByRole('status').filter({ hasText: 'group gpu: node-001, node-002 come in' }).waitFor();
    assert.deepEqual(head.store.state().pool.nodes.get('node-002')?.groups, ['rack1', 'gpu']);
    await page.getByRole('link', { name: 'Groups', exact: true }).click();
    await page.getByRole('button', { name: 'Delete gpu' }).click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await page.getByRole('alert').filter({ hasText: 'Group gpu stays: it is named by node node-001 (nodes.yaml line 2)' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Nodes of gpu' }).click();
    await page.getByRole('textbox', { name: 'Nodes', exact: true }).fill('node-003');
    await page.getByText('1 come in, 2 leave').waitFor();
    await page.getByRole('button', { name: 'Write it down' }).click();
    await row(page, 'gpu').filter({ hasText: 'node-003' }).waitFor();
    await page.getByRole('button', { name: 'Nodes of gpu' }).click();
    await page.getByRole('textbox', { name: 'Nodes', exact: true }).fill('');
    await page.getByRole('button', { name: 'Write it down' }).click();
    await row(page, 'gpu').filter({ hasText: 'none' }).waitFor();
    await page.getByRole('button', { name: 'Delete gpu' }).click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await row(page, 'gpu').waitFor({ state: 'detached' });
    assert.equal(head.store.state().pool.groups.has('gpu'), false);
  });

  it('every new view and form has a name for each control, enough contrast in the dark, and room on a phone', async () => {
    await using head = await poolHead({ nodes: 4 });
    await using opened = await signedIn(browser, head, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
    const { page } = opened;
    const look = async (where: string): Promise<void> => {
      assert.deepEqual(await unnamed(page), [], where);
      assert.deepEqual(await poorContrasts(page), [], where);
      assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${where} is wider than the screen`);
    };
    for (const [view, button] of [
      ['Groups', 'New group …'],
      ['Profiles', 'New profile …'],
      ['Images', 'Delete failsafe@1'],
    ] as const) {
      await page.getByRole('link', { name: view, exact: true }).click();
      await page.getByRole('heading', { name: view }).waitFor();
      await look(view);
      await page.getByRole('button', { name: button }).click();
      await look(button);
      await page.keyboard.press('Escape');
    }
    await page.getByRole('link', { name: 'Import' }).click();
    await page.getByRole('textbox', { name: 'Or paste it here' }).fill('name;mac\nnode-000;52:54:00:66:00:00\nx;y\nz;525400770001\n');
    await page.getByRole('button', { name: 'Look at it' }).click();
    await page.getByRole('heading', { name: 'What it would do' }).waitFor();
    await look('Import');
  });

  it('a node is added before it was ever switched on, and every field of it is edited', async () => {
    await using head = await poolHead({ nodes: 1, files: { 'nodes.yaml': '' } });
    await using opened = await signedIn(browser, head);
    const { page } = opened;
    await page.getByText('There is no node yet').waitFor();
    await page.getByRole('button', { name: 'New node …' }).click();
    assert.equal(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue(), 'node-000');
    await page.getByLabel('MAC addresses').fill('52:54:00:66:00:01 525400660002');
    await page.getByRole('button', { name: 'Add it' }).click();
    await row(page, 'node-000').waitFor();
    await page.getByRole('link', { name: 'node-000' }).click();
    await page.getByRole('button', { name: 'Edit …' }).click();
    for (const [label, text] of [
      ['Address', '10.10.0.7'],
      ['Groups', 'rack1 rack2'],
      ['Tags', 'gpu'],
      ['Serial number', '0012e3'],
      ['UUID', '3c3f2d0e-0000-4000-8000-000000000001'],
      ['Switch', 'sw-r1'],
      ['Port there', '12'],
      ['Memory in GiB', '512'],
      ['Note', 'by the door'],
    ] as const)
      await page.getByRole('textbox', { name: label, exact: true }).fill(text);
    await page.getByRole('button', { name: 'Write it down' }).click();
    await page.getByText('sw-r1 port 12').waitFor();
    assert.deepEqual(head.store.state().pool.nodes.get('node-000'), {
      ...{ macs: ['52:54:00:66:00:01', '52:54:00:66:00:02'], address: '10.10.0.7', groups: ['rack1', 'rack2'], tags: ['gpu'] },
      ...{
        serial: '0012e3',
        uuid: '3c3f2d0e-0000-4000-8000-000000000001',
        switch: 'sw-r1',
        port: '12',
        memoryGiB: 512,
        note: 'by the door',
      },
    });
  });
});

function row(page: Page, text: string) {
  return page.getByRole('row').filter({ hasText: text });
}
