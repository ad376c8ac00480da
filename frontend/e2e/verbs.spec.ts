// The verbs that scripts use: JSON out, sentences on standard error, exit statuses, and a token that is
// seen nowhere.
import { readFileSync } from 'node:fs';
import { filesBelow, filesHolding } from './canary';
import { expect, test } from './program';
import { signInAt } from './provider';
import { people } from './sample';
import { openBugs, tally } from './truth';
import { answerOf, Verb, verb } from './verbs';
import { Wire } from './wire';

interface Result { dimensions: { members: { label: string }[] }[]; rows: { keys: number[]; values: (number | null)[] }[]; total: { values: (number | null)[] } }
interface PageAnswer { page: string; visuals: { id: string; title: string; result: Result | null; fault?: unknown }[] }

/** The numbers of a result by the label of its first group. */
function byLabel(r: Result): Record<string, number | null> {
  return Object.fromEntries(r.rows.map((row) => [r.dimensions[0]?.members[row.keys[0] ?? -1]?.label ?? '', row.values[0] ?? null]));
}

test('connect, datasets, model, query, page, refresh: one process each', async ({ program, sample }) => {
  const env = program.environment();
  const made = await verb(['connect', '--url', sample.url, '--project', 'Lumen*', '--project', 'Tooling', '--name', 'Two patterns', '--token-stdin', '--json'], { env, input: sample.token });
  expect(made.diag).toContain('Signed in as Mira Okafor (mira.okafor@lumen.example) to organization sample');
  expect(made.status).toBe(0);
  const connected = JSON.parse(made.out) as { datasetId: string; projects: string[]; identity: { address: string }; dataset: { state: string } };
  expect([...connected.projects].sort()).toEqual(['Lumen Data', 'Lumen Labs', 'Lumen Mobile', 'Lumen Web', 'Tooling']);
  expect(connected.identity.address).toBe(people.member.address);
  expect(connected.dataset.state).toBe('ready');

  const datasets = await answerOf<{ id: string; name: string; person: string; lastRefresh: string }[]>(['datasets', '--json'], { env });
  expect(datasets.map((d) => [d.id, d.name, d.person])).toEqual([[connected.datasetId, 'Two patterns', 'Mira Okafor']]);

  const model = await answerOf<{ tables: { name: string; columns: { name: string }[] }[]; measures: { name: string; number?: string }[] }>(['model', 'Two patterns', '--json'], { env });
  expect(model.tables.map((t) => t.name)).toEqual(expect.arrayContaining(['Work items', 'Projects', 'Areas', 'Iterations', 'Dates']));
  expect(model.measures.length).toBeGreaterThan(10);
  expect(model.measures.every((m) => m.number === undefined || /^M\d+$/.test(m.number))).toBe(true);
  expect(model.measures.find((m) => m.name === 'Open bugs')?.number).toBe('M1');

  const bugs = (await openBugs(sample)).filter((b) => b.project !== 'Fleet Ops');
  const query = { values: ['Open bugs'], rows: ['Projects[Project]'] };
  const answer = await answerOf<Result>(['query', connected.datasetId, '--json'], { env, input: JSON.stringify(query) });
  expect(byLabel(answer)).toEqual(Object.fromEntries(tally(bugs, (b) => b.project)));
  expect(answer.total.values).toEqual([bugs.length]);

  const sliced = await answerOf<PageAnswer>(['page', 'Two patterns', 'Open Bug Status', '--slicer', 'Project=Lumen Web', '--slicer', 'Priority=2', '--slicer', 'Priority=3', '--json'], { env });
  const chosen = bugs.filter((b) => b.project === 'Lumen Web' && (b.priority === 2 || b.priority === 3));
  const visual = (id: string) => sliced.visuals.find((v) => v.id === id)?.result;
  expect(sliced.visuals.every((v) => v.result && !v.fault)).toBe(true);
  expect(visual('open')?.total.values).toEqual([chosen.length]);
  expect(byLabel(visual('by-severity') as Result)).toEqual(Object.fromEntries(tally(chosen, (b) => b.severity ?? '')));

  // The sign-in that the first process kept serves this one.
  const refreshed = await answerOf<{ state: string; rows: number }>(['refresh', 'Two patterns', '--json'], { env });
  expect(refreshed.state).toBe('succeeded');
  expect(refreshed.rows).toBeLessThan(2000);
  const [after] = await answerOf<{ lastRefresh: string }[]>(['datasets', '--json'], { env });
  expect(Date.parse(after?.lastRefresh ?? '')).toBeGreaterThanOrEqual(Date.parse(datasets[0]?.lastRefresh ?? ''));
});

test('connect with OAuth prints the address to open, and takes only the expected person', async ({ program, sample, browser }) => {
  const env = program.environment();
  const args = ['connect', '--url', sample.url, '--project', 'Tooling', '--client-id', sample.announcement.clientId, '--expect', people.member.address, '--json'];
  const linkOf = async (run: Verb) => {
    await expect.poll(() => /Sign in: (\S+)/.exec(run.diag)?.[1] ?? '', 'the address is printed').not.toBe('');
    return /Sign in: (\S+)/.exec(run.diag)?.[1] ?? '';
  };
  const wrong = new Verb(args, { env });
  await signInAt(browser, await linkOf(wrong), people.anotherMember.address);
  const refused = await wrong.end;
  expect(refused.status).toBe(1);
  expect(refused.out).toBe('');
  expect(refused.diag).toContain(`You signed in to sample as ${people.anotherMember.name} (${people.anotherMember.address}), but ${people.member.address} was expected.`);
  expect(refused.diag).toContain('nothing was stored');
  expect(program.stored()).toEqual([]);
  expect(await answerOf(['datasets', '--json'], { env })).toEqual([]);

  const right = new Verb(args, { env });
  await signInAt(browser, await linkOf(right), people.member.address);
  expect((await right.end).status).toBe(0);
  expect(await answerOf<{ state: string }>(['refresh', 'sample / Tooling', '--json'], { env })).toMatchObject({ state: 'succeeded' });
});

test('--expect refuses the person of a token too, with status 1', async ({ program, sample }) => {
  const env = program.environment();
  const end = await verb(['connect', '--url', sample.url, '--project', '*', '--token-stdin', '--expect', people.guest.address, '--json'], { env, input: sample.token });
  expect(end.status).toBe(1);
  expect(end.diag).toContain(people.guest.address);
  expect(end.diag).toContain(people.member.address);
  expect(program.stored()).toEqual([]);
});

test('wrong use ends with status 2, what failed with 1, and both say what to do', async ({ program, sample }) => {
  const env = program.environment();
  const wrong: string[][] = [
    ['connect'], ['connect', '--url', 'corpx'], ['connect', '--url', 'corpx', '--project', 'T*st', '--token-stdin'], ['connect', '--url', 'cor px!', '--project', '*', '--token-stdin'],
    ['query'], ['page', 'only-one'], ['nonsense'], ['datasets', '--no-such-flag'], ['sample'], ['sample', 'serve', '--size', 'huge'], ['refresh', 'a', 'b'],
  ];
  for (const args of wrong) {
    const end = await verb(args, { env, input: 'x\n' });
    expect(end.status, args.join(' ')).toBe(2);
    expect(end.out, args.join(' ')).toBe('');
    expect(end.diag, args.join(' ')).toMatch(/^sightline: .+/);
  }
  const missing = await verb(['model', 'Nothing'], { env });
  expect([missing.status, missing.diag]).toEqual([1, expect.stringContaining('There is no dataset Nothing.')]);
  const noMatch = await verb(['connect', '--url', sample.url, '--project', 'Lumen Wep', '--token-stdin'], { env, input: sample.token });
  expect([noMatch.status, noMatch.diag]).toEqual([1, expect.stringContaining('Did you mean Lumen Web?')]);
  const unknown = await verb(['query', 'x'], { env, input: '{"values": ["Open bugz"]}' });
  expect(unknown.status).toBe(1);
  expect(program.stored()).toEqual([]);
});

test('the token is seen nowhere: no process list, no file, no log, no output', async ({ program, sample }) => {
  const env = program.environment();
  const wire = await Wire.before(sample.url);
  wire.make(() => ({ delay: 30 }));
  const run = new Verb(['connect', '--url', wire.url, '--project', '*', '--token-stdin', '--json'], { env, input: sample.token });
  // While it runs: command line and environment of the process, and every file.
  await expect.poll(() => run.diag).toContain('%');
  const { pid } = run.child;
  for (const file of ['cmdline', 'environ']) expect(readFileSync(`/proc/${pid}/${file}`, 'utf8')).not.toContain(sample.token);
  const end = await run.end;
  expect(end.status).toBe(0);
  expect(end.out + end.diag).not.toContain(sample.token);
  expect(filesBelow(program.dataDir).some((f) => f.endsWith('sightline.log'))).toBe(true);
  expect(filesBelow(program.dataDir).length).toBeGreaterThan(4);
  expect(filesHolding(program.dataDir, sample.token)).toEqual([]);
  await wire.close();
});
