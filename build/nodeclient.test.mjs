// Microsoft's own client library against the sample organization: what it gets must agree with what plain
// requests get on another way. So the sample is held against a program that was written for the real service.
// Run by build/test.mjs; alone: make build/bin/sightline-serve && node --test build/nodeclient.test.mjs
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const azdev = createRequire(path.join(root, 'frontend/package.json'))('azure-devops-node-api');
const binary = process.env.SIGHTLINE_BINARY ?? path.join(root, 'build/bin/sightline-serve');
const data = mkdtempSync(path.join(os.tmpdir(), 'sightline-nodeclient-'));
const project = 'Lumen Web';
const day = 24 * 60 * 60 * 1000;

let child;
let sample;
let api;

before(async () => {
  child = spawn(binary, ['sample', 'serve', '--seed', '1', '--data-dir', data], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (status) => reject(new Error(`${binary} sample serve ended with ${status}: run make build/bin/sightline-serve`)));
    readline.createInterface({ input: child.stdout }).once('line', resolve);
  });
  child.removeAllListeners('exit');
  sample = JSON.parse(line);
  const url = sample.organizationUrl;
  api = new azdev.WebApi(url, azdev.getPersonalAccessTokenHandler(sample.personalAccessToken));
});

after(() => {
  child?.kill('SIGTERM');
  rmSync(data, { recursive: true, force: true });
});

/** A plain request, without any library. */
async function raw(route, query = {}, body) {
  const url = `${sample.organizationUrl}${route}?${new URLSearchParams({ 'api-version': '7.1', ...query })}`;
  const res = await fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Basic ${Buffer.from(`:${sample.personalAccessToken}`).toString('base64')}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  assert.equal(res.status, 200, `${url}: ${res.status}`);
  return { ...(await res.json()), token: res.headers.get('x-ms-continuationtoken') };
}

const inProject = (rest) => `/${encodeURIComponent(project)}/_apis/${rest}`;

/** All rows of a list that is paged by $top and $skip. */
async function skipping(route, query, size = 1000) {
  const rows = [];
  for (;;) {
    const page = await raw(route, { ...query, $top: size, $skip: rows.length });
    rows.push(...page.value);
    if (page.value.length < size) return rows;
  }
}

/** The latest revision of every work item of the project that is not deleted, from the reporting feed. */
async function latestRevisions() {
  const items = new Map();
  let token = '';
  for (;;) {
    const page = await raw(inProject('wit/reporting/workitemrevisions'), { includeDeleted: 'true', ...(token && { continuationToken: token }) });
    for (const v of page.values) items.set(v.id, v.fields);
    if (page.isLastBatch) break;
    token = page.continuationToken;
  }
  return items;
}

const sorted = (numbers) => [...numbers].sort((a, b) => a - b);

test('who signed in', async () => {
  const connection = await api.connect();
  assert.equal(connection.authenticatedUser.providerDisplayName, 'Mira Okafor');
});

test('projects', async () => {
  const core = await api.getCoreApi();
  const got = await core.getProjects();
  const want = await raw('/_apis/projects');
  assert.deepEqual(got.map((p) => p.name).sort(), want.value.map((p) => p.name).sort());
  assert.ok(got.length >= 6);
  const one = await core.getProject(project, true);
  assert.equal(one.capabilities.versioncontrol.gitEnabled, 'True');
});

test('WIQL and work items, against the feed of revisions', async () => {
  const wit = await api.getWorkItemTrackingApi();
  const context = { project };
  const query = `SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = '${project}' AND [System.WorkItemType] = 'Bug' AND [System.State] = 'Active' ORDER BY [System.Id]`;
  const result = await wit.queryByWiql({ query }, context);
  const ids = result.workItems.map((w) => w.id);
  const feed = await latestRevisions();
  // An item that moved to another project stays in this feed as it was when it left.
  const want = [...feed].filter(([, f]) => f['System.WorkItemType'] === 'Bug' && f['System.State'] === 'Active' && !f['System.IsDeleted']).map(([id]) => id);
  const moved = want.filter((id) => !ids.includes(id));
  for (const id of moved) assert.notEqual((await raw(`/_apis/wit/workitems/${id}`)).fields['System.TeamProject'], project);
  assert.deepEqual(ids, sorted(want.filter((id) => !moved.includes(id))));
  assert.ok(ids.length > 5);

  const some = ids.slice(0, 200);
  const items = await wit.getWorkItems(some, ['System.Id', 'System.Title', 'System.ChangedDate']);
  assert.equal(items.length, some.length);
  for (const item of items) {
    assert.equal(item.fields['System.Title'], feed.get(item.id)['System.Title']);
    assert.equal(new Date(item.fields['System.ChangedDate']).getTime(), new Date(feed.get(item.id)['System.ChangedDate']).getTime());
  }
});

test('builds page by page, against the runs of each pipeline', async () => {
  const build = await api.getBuildApi();
  // The library does not hand on the token of the next page; its users go on from the last time they saw.
  const seen = new Map();
  let until;
  for (let had = -1; had < seen.size;) {
    had = seen.size;
    const got = await build.getBuilds(project, undefined, undefined, undefined, undefined, until, undefined, undefined, undefined, undefined, undefined, undefined, 300, undefined,
      undefined, undefined, 4); // queueTimeDescending
    for (const b of got) seen.set(b.id, b);
    until = new Date(got.at(-1).queueTime.getTime() + 1000); // it writes whole seconds
  }
  const runs = [];
  for (const pipeline of (await raw(inProject('pipelines'))).value) runs.push(...(await raw(inProject(`pipelines/${pipeline.id}/runs`))).value);
  assert.deepEqual(sorted(seen.keys()), sorted(runs.map((r) => r.id)));
  assert.ok(seen.size > 300);
  const failed = await build.getBuilds(project, undefined, undefined, undefined, undefined, undefined, undefined, undefined, 2, 8, undefined, undefined, 5000); // completed, failed
  assert.equal(failed.length, runs.filter((r) => r.result === 'failed').length);
  assert.ok(failed[0].queueTime instanceof Date && failed.every((b) => b.result === 8)); // the library turns words into numbers
  const since = new Date(Date.now() - 30 * day);
  const recent = await build.getBuilds(project, undefined, undefined, undefined, since, undefined, undefined, undefined, 2, undefined, undefined, undefined, 5000, undefined, undefined, undefined, 2);
  // The library writes the time with whole seconds.
  const from = Math.floor(since.getTime() / 1000) * 1000;
  assert.equal(recent.length, runs.filter((r) => r.finishedDate && new Date(r.finishedDate).getTime() >= from).length);
});

test('a timeline, the definitions and the changes of a build', async () => {
  const build = await api.getBuildApi();
  const [last] = await build.getBuilds(project, undefined, undefined, undefined, undefined, undefined, undefined, undefined, 2, 2, undefined, undefined, 1); // completed, succeeded
  const timeline = await build.getBuildTimeline(project, last.id);
  const plain = await raw(inProject(`build/builds/${last.id}/timeline`));
  assert.equal(timeline.records.length, plain.records.length);
  assert.equal(timeline.records.filter((r) => r.type === 'Task').length, plain.records.filter((r) => r.type === 'Task').length);
  assert.ok(timeline.records.some((r) => r.type === 'Stage') && timeline.records.length > 5);
  const definitions = await build.getDefinitions(project);
  assert.deepEqual(sorted(definitions.map((d) => d.id)), sorted((await raw(inProject('pipelines'))).value.map((p) => p.id)));
});

test('repositories and commits, against the pushes', async () => {
  const git = await api.getGitApi();
  const repositories = await git.getRepositories(project);
  assert.equal(repositories.length, (await raw(inProject('git/repositories'))).count);
  const repository = repositories.find((r) => r.name === 'storefront');
  const commits = [];
  for (;;) {
    const page = await git.getCommits(repository.id, { itemVersion: { version: 'main', versionType: 0 } }, project, commits.length, 100);
    commits.push(...page);
    if (page.length < 100) break;
  }
  // Every push to main that any commit of main came with, and no other commit.
  const pushes = await skipping(inProject(`git/repositories/${repository.id}/pushes`), { 'searchCriteria.includeRefUpdates': 'true', 'searchCriteria.refName': 'refs/heads/main' }, 100);
  const ids = new Set(commits.map((c) => c.commitId));
  for (const push of pushes) for (const u of push.refUpdates) assert.ok(u.name !== 'refs/heads/main' || ids.has(u.newObjectId), `push ${push.pushId}`);
  assert.equal(ids.size, commits.length);
  const head = (await raw(inProject(`git/repositories/${repository.id}/refs`), { filter: 'heads/main' })).value[0];
  assert.equal(commits[0].commitId, head.objectId);
  const plain = await skipping(inProject(`git/repositories/${repository.id}/commits`), { 'searchCriteria.itemVersion.version': 'main' });
  assert.deepEqual(commits.map((c) => c.commitId), plain.map((c) => c.commitId));
  assert.ok(commits.length > 100 && pushes.length > 10);
});

test('pull requests of a project, against those of each repository', async () => {
  const git = await api.getGitApi();
  const got = [];
  for (;;) {
    const page = await git.getPullRequestsByProject(project, { status: 4 }, undefined, got.length, 50); // all
    got.push(...page);
    if (page.length < 50) break;
  }
  const want = [];
  for (const repository of (await raw(inProject('git/repositories'))).value) {
    if (!repository.isDisabled) want.push(...await skipping(inProject(`git/repositories/${repository.id}/pullrequests`), { 'searchCriteria.status': 'all' }));
  }
  assert.deepEqual(sorted(new Set(got.map((p) => p.pullRequestId))), sorted(want.map((p) => p.pullRequestId)));
  assert.equal(got.filter((p) => p.status === 3).length, want.filter((p) => p.status === 'completed').length);
  assert.ok(got.length > 50);
  const threads = await git.getThreads(got[0].repository.id, got[0].pullRequestId, project);
  assert.equal(threads.length, (await raw(inProject(`git/repositories/${got[0].repository.id}/pullRequests/${got[0].pullRequestId}/threads`))).count);
});

test('TFVC changesets', async () => {
  const tfvc = await api.getTfvcApi();
  const got = await tfvc.getChangesets('Fleet Ops', undefined, 0, 200, 'id asc');
  const plain = await raw('/Fleet%20Ops/_apis/tfvc/changesets', { $top: 200, $orderby: 'id asc' });
  assert.deepEqual(got.map((c) => c.changesetId), plain.value.map((c) => c.changesetId));
  const changes = await tfvc.getChangesetChanges(got.at(-1).changesetId);
  assert.equal(changes.length, (await raw(`/_apis/tfvc/changesets/${got.at(-1).changesetId}/changes`)).count);
  assert.ok(got.length > 100 && changes.length > 0);
});

test('test runs of a week and deployments', async () => {
  const tests = await api.getTestApi();
  const to = new Date();
  const from = new Date(to.getTime() - 7 * day + 60_000);
  const got = await tests.queryTestRuns(project, from, to);
  const window = { minLastUpdatedDate: new Date(Math.floor(from / 1000) * 1000).toISOString(), maxLastUpdatedDate: new Date(Math.floor(to / 1000) * 1000).toISOString() };
  assert.equal(got.length, (await raw(inProject('test/runs'), window)).count);
  assert.ok(got.length > 0 && got.every((r) => r.totalTests >= r.passedTests));
  const release = await api.getReleaseApi();
  const deployments = await release.getDeployments(project, undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, 1, 100); // ascending
  const plain = await raw(inProject('release/deployments'), { queryOrder: 'ascending', $top: 100 });
  assert.deepEqual(deployments.map((d) => d.id), plain.value.map((d) => d.id));
  assert.equal(deployments.filter((d) => d.deploymentStatus === 4).length, plain.value.filter((d) => d.deploymentStatus === 'succeeded').length);
});

test('what is refused comes as an error with the words of the service', async () => {
  const wit = await api.getWorkItemTrackingApi();
  await assert.rejects(wit.queryByWiql({ query: 'SELECT [System.Id] FROM WorkItems WHERE [No.Such.Field] = 1' }, { project }), (e) => e.statusCode === 400 && /TF51005|TF51535|No\.Such\.Field/.test(e.message));
  const build = await api.getBuildApi();
  await assert.rejects(build.getBuilds(project, undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, 10, 'nonsense'), (e) => e.statusCode === 400 && /continuation token/.test(e.message));
  const core = await api.getCoreApi();
  assert.equal(await core.getProject('No such project'), null); // the library turns 404 into null
});
