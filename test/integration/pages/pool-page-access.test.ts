import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { BootedMachine } from '../../../src/domain/pool/api-views.ts';
import { launchBrowser } from '../fixtures/pages/browser.ts';
import { poorContrasts, unnamed, walkedByTab } from '../fixtures/pages/page-access.ts';
import { macOf, poolHead, signedIn } from '../fixtures/pages/pool-head.ts';

const LIMIT = { timeout: 240_000 };
const VIEWS = ['#/', '#/node/node-001', '#/images', '#/profiles', '#/history', '#/history/1', '#/import', '#/audit', '#/people', '#/own'];
/** Everybody may have tokens of their own. */
const OWN = '#/own';
/** Nodes on one page of the table. */
const SHOWN = 50;

describe('the page of the boot pool for everybody', LIMIT, () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  it('has enough contrast in light and dark, names for everything, and fits a phone', async () => {
    await using head = await poolHead({ nodes: 20, machines: room(20) });
    for (const colorScheme of ['light', 'dark'] as const) {
      await using opened = await signedIn(browser, head, { colorScheme, viewport: { width: 390, height: 844 } });
      const { page, complaints } = opened;
      await page.getByRole('checkbox', { name: 'Choose node-000' }).check();
      for (const hash of VIEWS) {
        await page.goto(`${head.url}/${hash}`);
        await page.getByRole('heading', { level: 2 }).first().waitFor();
        await page.waitForLoadState('networkidle').catch(() => {});
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 390, `${hash} sticks out`);
        assert.deepEqual(await poorContrasts(page), [], `${hash} ${colorScheme}`);
        assert.deepEqual(await unnamed(page), [], hash);
      }
      assert.deepEqual(complaints, [], 'the policy, or the program, complains');
    }
  });

  it('breaks no name of a file on a phone, where it says why a node boots what it boots', async () => {
    await using head = await poolHead({ nodes: 2 });
    await using opened = await signedIn(browser, head, { viewport: { width: 390, height: 844 } });
    await opened.page.goto(`${head.url}/#/node/node-001`);
    await opened.page.locator('.why code').first().waitFor();
    assert.ok((await opened.page.locator('.why code span').allTextContents()).includes('nodes.yaml'));
    const torn = await opened.page.evaluate(
      `[...document.querySelectorAll('.why code span')].filter((one) => one.getClientRects().length > 1).map((one) => one.textContent)`,
    );
    assert.deepEqual(torn, []);
  });

  it('every control is reached by Tab, in sight and with a ring, and none holds it', async () => {
    await using head = await poolHead({ nodes: 3, machines: room(3) });
    await using opened = await signedIn(browser, head);
    const { page } = opened;
    // a list with its bar, one thing with its dialogs, a table with buttons; each key is a question to the browser
    for (const hash of ['#/', '#/node/node-001', '#/people']) {
      // another part of the same page would still show the view from before
      await page.goto('about:blank');
      await page.goto(`${head.url}/${hash}`);
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      await page.waitForLoadState('networkidle').catch(() => {});
      assert.deepEqual(await walkedByTab(page), { missed: [], poor: [] }, hash);
    }
  });

  it('shows no button to somebody who may not press it', async () => {
    await using head = await poolHead({ nodes: 4, machines: room(4) });
    {
      await using opened = await signedIn(browser, head, {}, 'viewer');
      const { page } = opened;
      for (const hash of VIEWS.filter((one) => one !== OWN)) {
        await page.goto(`${head.url}/${hash}`);
        await page.getByText('(viewer)').waitFor();
        assert.deepEqual(await buttons(page), [], hash);
      }
    }
    await using opened = await signedIn(browser, head, {}, 'operator', ['rack2']);
    const { page } = opened;
    await page.getByRole('checkbox', { name: 'Choose node-001' }).waitFor();
    assert.equal(await page.getByRole('checkbox').count(), 2, 'only nodes of their groups');
    await page.getByRole('button', { name: 'Select all 2 shown' }).click();
    await page.getByRole('combobox', { name: 'Boot' }).selectOption('hold');
    await page.getByRole('button', { name: 'Assign', exact: true }).click();
    await page.getByRole('status').filter({ hasText: 'node-001, node-003: boots hold' }).waitFor();
    assert.equal(await page.getByRole('button', { name: /Adopt/ }).count(), 0);
    assert.equal(await page.getByRole('link', { name: 'Audit' }).count(), 0);
  });

  it('asks for the password again when a session is over, and keeps what was chosen', async () => {
    await using head = await poolHead();
    await using opened = await signedIn(browser, head);
    const { page, context } = opened;
    await page.getByRole('checkbox', { name: 'Choose node-001' }).check();
    await page.getByRole('combobox', { name: 'Boot' }).selectOption('hold');
    await context.clearCookies();
    await page.getByRole('button', { name: 'Assign', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Sign in again' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('ada-admin');
    await dialog.getByRole('textbox', { name: 'Password' }).fill('five words that do not belong');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('combobox', { name: 'Boot' }).inputValue(), 'hold');
    await page.getByRole('button', { name: 'Assign', exact: true }).click();
    await page.getByRole('status').filter({ hasText: 'node-001: boots hold' }).waitFor();
  });

  it('says so when the head is gone, and shows what machines call themselves as text', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    const head = await poolHead({
      machines: [{ mac: macOf(0), vendor: evil, product: evil, serial: evil, switch: evil, askedAt: new Date().toISOString() }],
    });
    await using opened = await signedIn(browser, head);
    const { page } = opened;
    page.on('dialog', () => assert.fail('markup of a machine was run'));
    await page.getByText(evil).first().waitFor();
    await head[Symbol.asyncDispose]();
    await page.getByRole('alert').filter({ hasText: 'The head does not answer' }).waitFor();
  });

  it('makes only the rows that it shows of 1,000 nodes, at each key of a search', async () => {
    await using head = await poolHead({ nodes: 1000, machines: room(1000) });
    await using opened = await signedIn(browser, head);
    const { page } = opened;
    await page.getByText('1 to 50 of 1000').waitFor();
    for (const text of ['n', 'no', 'node-7', 'node-77', 'node-777', '', 'cz3', 'cz3999']) {
      const made = await rowsMade(page, text);
      assert.ok(made <= SHOWN, `${made} rows for "${text}"`);
    }
    await page.getByText('1 node of 1000 fits').waitFor();
    await page.getByRole('searchbox').fill('');
    await page.getByRole('button', { name: 'Select all 1000 shown' }).click();
    await page.getByRole('combobox', { name: 'Boot' }).selectOption('failsafe');
    await page.getByRole('button', { name: 'Assign', exact: true }).click();
    await page.getByRole('status').filter({ hasText: 'and 995 more: boots failsafe' }).waitFor();
  });
});

/** How many table rows came into the page between a key and the frame after it. */
async function rowsMade(page: Page, text: string): Promise<number> {
  return await page.evaluate(`new Promise((resolve) => {
    const rows = new Set();
    const seen = (changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes)
          if (node instanceof Element) for (const row of [node, ...node.querySelectorAll('tr')]) if (row.matches('tbody tr')) rows.add(row);
    };
    const observer = new MutationObserver(seen);
    observer.observe(document.body, { childList: true, subtree: true });
    const field = document.querySelector('input[type=search]');
    field.value = ${JSON.stringify(text)};
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    requestAnimationFrame(() => setTimeout(() => {
      seen(observer.takeRecords());
      resolve(rows.size);
    }));
  })`);
}

/** What changes something; sorting, narrowing, turning and signing out do not. */
async function buttons(page: Page): Promise<string[]> {
  const all = await page
    .locator('main button:not(thead button):not(.choice):not(.turner button), main input:not([type=search])')
    .allTextContents();
  return all.map((text) => text.trim());
}

/** Machines in each state that the page knows. */
function room(count: number): BootedMachine[] {
  const at = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();
  const machines = Array.from({ length: count }, (_, number): BootedMachine => {
    const facts = { mac: macOf(number), vendor: 'Dell Inc.', product: 'R650', serial: `CZ3${number}`, switch: 'sw-r1', port: `${number}` };
    const states: Partial<BootedMachine>[] = [
      { runs: 'compute@3', runsSince: at(900), aliveAt: at(20), rootUsedPercent: 90 },
      { runs: 'compute@4', runsSince: at(900), aliveAt: at(20) },
      { runs: 'compute@3', runsSince: at(9000), aliveAt: at(900) },
      { given: 'compute', askedAt: at(30) },
      { given: 'local-disk', askedAt: at(9000) },
      { given: 'compute', askedAt: at(30), frozen: { at: at(20), why: 'a second asker came with its token' } },
    ];
    return { ...facts, ...states[number % states.length] };
  });
  return [...machines, { mac: '52:54:00:99:00:01', serial: 'CZ30', askedAt: at(9), given: 'local-disk' }, { mac: '52:54:00:99:00:02' }];
}
