// Everybody who can say no to a sign-in: the organization in each of its ways, and the directory with each of its
// numbers. Each has a sentence of its own, names whom it saw where it said so, and offers the button that helps.
import { type ConnectDialog, Gallery } from './connect';
import { Frame } from './frame';
import { binary, expect, test as base } from './program';
import { SignInPages } from './provider';
import { people, SampleOrganization } from './sample';

// Of its own, because a fault concerns everybody who asks.
const test = base.extend<{ own: SampleOrganization }>({
  own: async ({}, use) => {
    const sample = await SampleOrganization.start(binary);
    await use(sample);
    await sample.stop();
  },
});
test.setTimeout(200_000);

interface Refusal {
  says: string | RegExp;
  /** What the refusal says of whom it saw, or the number of the directory. */
  fact: [name: string, value: string];
  /** The button that has the focus. */
  button: string;
}

async function expectRefusal(dialog: ConnectDialog, { says, fact, button }: Refusal): Promise<void> {
  await expect(dialog.alert).toContainText(says);
  await expect(dialog.fact(fact[0])).toContainText(fact[1]);
  await expect(dialog.button(button)).toBeFocused();
}

const mira = people.member.address;
const byOrganization: Record<string, Refusal> = {
  'not-authorized': { says: `${mira} is not a member of sample.`, fact: ['Signed in as', mira], button: 'Use another token' },
  'not-authorized-personal': { says: 'jo.fischer@personal.example is not a member of sample.', fact: ['Said', 'Windows Live ID\\jo.fischer@personal.example'], button: 'Use another token' },
  'not-authorized-anonymous': { says: 'sample saw nobody behind the sign-in', fact: ['Said', 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa'], button: 'Use another token' },
  forbidden: { says: `${mira} may not read the projects of sample.`, fact: ['Answer', '403 Forbidden'], button: 'Use another token' },
  'sign-in-page': { says: 'it showed its sign-in page instead of the identity', fact: ['Answer', '203'], button: 'Use another token' },
};

test('the organization: TF400813 in each of its shapes, 403 of a known person, and 203', async ({ app, program, own }) => {
  for (const [name, refusal] of Object.entries(byOrganization)) {
    await test.step(name, async () => {
      await own.faults(name);
      const dialog = await new Gallery(app).connect('Azure DevOps Server');
      await dialog.fillParameters(own.url, '*');
      await dialog.useToken(own.token);
      await expectRefusal(dialog, refusal);
      await dialog.button('Close').last().click();
    });
  }
  await own.faults();
  await new Frame(app).expectEmpty();
  expect(program.stored()).toEqual([]);
});

test('an organization with a public project answers 200 to a bad token: that is nobody, not a person', async ({ app, program, own }) => {
  const dialog = await new Gallery(app).connect('Azure DevOps Server');
  await dialog.fillParameters(own.organization('opencharts').url, '*');
  await dialog.useToken('x'.repeat(84));
  await expectRefusal(dialog, { says: 'opencharts did not recognize the sign-in and answered as if nobody were signed in.', fact: ['Seen', 'Anonymous'], button: 'Use another token' });
  // With a good one it is the person.
  await dialog.button('Use another token').click();
  await dialog.useToken(own.organization('opencharts').personalAccessToken);
  await expect(dialog.card(people.member.name, 'opencharts')).toBeVisible();
  await dialog.button(/^Cancel$|^Use another token$/).first().click();
  expect(program.stored()).toEqual([]);
});

test('an empty list of projects is no success: the card says that this person sees none', async ({ app, program, own }) => {
  await own.faults('no-projects');
  const dialog = await new Gallery(app).connect('Azure DevOps Server');
  await dialog.fillParameters(own.url, '*');
  await dialog.useToken(own.token);
  await expect(dialog.card(people.member.name, 'sample')).toBeVisible();
  await expect(dialog.fact('Can see')).toHaveText('0 projects of sample');
  await expect(dialog.root).toContainText('Mira Okafor sees no project of sample. It may be the wrong account');
  expect(program.stored()).toEqual([]);
});

test('a member of one organization is a stranger to another of a second directory', async ({ app, program, own }) => {
  const dialog = await new Gallery(app).connect('Azure DevOps Server');
  const quayside = own.organization('quayside');
  await dialog.fillParameters(quayside.url, '*');
  await dialog.useToken(own.token);
  await expectRefusal(dialog, { says: `${mira} is not a member of quayside.`, fact: ['Directory', quayside.tenant], button: 'Use another token' });
  await dialog.button('Use another token').click();
  await dialog.useToken(quayside.personalAccessToken);
  await expect(dialog.card(people.guest.name, 'quayside')).toContainText(people.guest.address);
  expect(program.stored()).toEqual([]);
});

const again = 'Sign in as someone else';
const normal = 'Use my normal browser instead';
const register = 'How to register Sightline';
const byDirectory: Record<number, [says: string, button: string]> = {
  50020: ['is not a member of the directory of sample. You probably picked the other account.', again],
  50034: ['is not a member of the directory of sample.', again],
  500200: ['This is a personal Microsoft account, and sample wants a work account.', again],
  9002332: ['Sightline asked the wrong directory for sample.', 'Try again'],
  65004: ['You pressed Cancel on the page that lists the permissions; nothing was stored.', 'Ask for consent again'],
  90094: ['Only an administrator can allow Sightline in the directory of sample.', again],
  53000: ['Your organization only allows managed devices, and a private window cannot prove that this is one.', normal],
  53003: ['A policy of your organization does not allow this account to sign in like this.', normal],
  530033: ['Your organization only allows managed devices', normal],
  700016: ['is not known in the directory', register],
  50011: ['does not allow the answer to come back to this computer.', register],
  7000218: ['is not one of a desktop program: Microsoft demands a secret.', register],
  650057: ['does not list Azure DevOps among its permissions.', register],
};

for (const half of [0, 1]) {
  test(`the directory: each number has its sentence and its button (${half + 1} of 2)`, async ({ app, browser, program, own }) => {
    const numbers = Object.entries(byDirectory).filter((_, i) => i % 2 === half);
    for (const [number, [says, button]] of numbers) {
      await test.step(`AADSTS${number}`, async () => {
        await own.faults(`aadsts-${number}`);
        const dialog = await new Gallery(app).connect('Azure DevOps Server');
        await dialog.fillParameters(own.url, '*');
        await dialog.useOAuth({ clientId: own.announcement.clientId });
        // What a registration lacks may be known before anybody is asked; then no page is opened.
        const link = dialog.root.locator('dd code');
        await link.or(dialog.alert).first().waitFor();
        if (await link.isVisible()) await tryAt(await SignInPages.open(browser, await dialog.link()));
        await expectRefusal(dialog, { says, fact: ["Microsoft's code", `AADSTS${number}`], button });
        await expect(dialog.fact('Correlation id')).toHaveText(/^[0-9a-f-]{36}$/);
        await dialog.button('Close').last().click();
      });
    }
    await new Frame(app).expectEmpty();
    expect(program.stored()).toEqual([]);
  });
}

// Signs in as far as the pages let a person, and goes back to the program where they stop.
async function tryAt(pages: SignInPages): Promise<void> {
  await pages.signIn(mira);
  const stopped = pages.page.getByRole('button', { name: /^Back to/ });
  const accept = pages.page.locator('button[value=accept]');
  const back = pages.page.getByRole('heading', { name: /^(You are signed in|The sign-in did not finish)$/ });
  await stopped.or(accept).or(back).first().waitFor();
  if (await stopped.isVisible()) await stopped.click();
  if (await accept.isVisible()) await accept.click();
  await back.waitFor();
  await pages.close();
}
