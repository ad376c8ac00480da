// Every word of Get Data: the page, the gallery and the connector's dialog.
import type { Content } from '../../backend/types';

export const page = {
  title: 'Get Data',
  lead: 'Choose where it comes from.',
  service: 'Connect to a service',
  computer: 'Open from this computer',
  services: { name: 'Services', text: 'Azure DevOps, in the cloud or on your own server.' },
  sample: { name: 'Sample', text: 'A made-up organization with two years of work. Loads in a few seconds, offline.' },
  get: 'Get',
  getOf: (name: string) => `Get ${name}`,
  foot: 'Connecting reads data only. You see the list of permissions before you sign in.',
};

export const gallery = {
  back: 'Get Data',
  title: 'Services',
  search: 'Search connectors',
  none: (words: string) => `No connector matches “${words}”`,
  clear: 'Show all connectors',
  list: 'Connectors',
  connect: 'Connect',
  close: 'Close',
  reads: 'What it reads',
  readsNote: 'What you tick is read, nothing else. It cannot write.',
  /** In a few words, by the permission's name; any other is told by its own sentence. */
  readsBriefly: {
    'Work items': 'fields, history, links',
    Code: 'commits, pull requests, changesets',
    Build: 'pipelines, runs, stages',
    Release: 'deployments',
    'Test management': 'runs, counts by outcome',
    'Project and team': 'names, areas, sprints',
    Profile: 'your name and address',
    'Keep access': 'refresh without asking again',
  } as Record<string, string>,
};

export const creates = [
  { kind: 'dashboard' as const, name: 'Dashboard', text: 'with tiles for bugs, open work and the current sprint' },
  { kind: 'report' as const, name: 'Report', text: 'with the page Open Bug Status' },
  { kind: 'dataset' as const, name: 'Dataset', text: 'with work items and their whole history, and what else you tick: code, pipelines, tests; one file on this computer' },
];

export const steps = ['Parameters', 'Sign in', 'Confirm', 'Load'] as const;

export const parameters = {
  title: (connector: string) => `Connect to ${connector}`,
  organization: 'Organization',
  organizationHint: 'Enter corpx if your address is dev.azure.com/corpx. You can also paste any address of it; the name is taken from it.',
  collection: 'Collection address',
  collectionHint: 'For example https://tfs.example.com/tfs/DefaultCollection',
  sampleOrganization: 'The sample organization comes with Sightline and runs on this computer. Nothing leaves it.',
  projects: 'Projects',
  preview: 'Preview',
  previewLater: 'The list appears after sign-in',
  previewLaterHint: 'Then you see which projects match, before anything is loaded.',
  previewSample: 'The list appears in the next step',
  next: 'Next',
  cancel: 'Cancel',
};

export const method = {
  title: (organization: string) => `Sign in to ${organization}`,
  sample: 'the sample organization',
  label: 'Authentication method',
  oauth: 'oAuth2: sign in with Microsoft, in a separate browser window',
  token: 'Personal access token',
  tokenLabel: 'Personal access token',
  tokenHint: 'It is kept encrypted on this computer, for this connection only, and never shown again.',
  tokenScopes: 'Give the token these scopes and no others',
  expect: 'Expected person, if you know it',
  expectPlaceholder: 'name@company.com',
  expectHint: 'Then another account is noticed before anything is stored.',
  advanced: 'Advanced',
  clientId: 'Client ID',
  clientIdHint: 'The application ID of your organization’s registration of Sightline in Microsoft Entra. Sightline ships none; ask your administrator, or use a personal access token.',
  clientIdBad: 'A client ID looks like 00000000-0000-0000-0000-000000000000.',
  authority: 'Authority',
  authorityHint: 'Only if the directory cannot be found by itself, for example https://login.example.com/TENANT',
  reads: 'Sightline will be able to read',
  never: 'It cannot write, and it never sees your password.',
  signIn: 'Sign in',
  check: 'Check the token',
  back: 'Back',
};

// Sprints, areas and teams are always loaded, and their settings belong to work items.
const alwaysScopes = ['Work Items (Read)', 'Project and Team (Read)', 'User Profile (Read)'];
const scopesOf: Record<Content, readonly string[]> = {
  workItems: [],
  git: ['Code (Read)'],
  pullRequests: ['Code (Read)'],
  tfvc: ['Code (Read)'],
  pipelines: ['Build (Read)', 'Release (Read)'],
  tests: ['Test Management (Read)'],
};

/** The scopes of a personal access token that the contents need, by the names on the page where a token is made. */
export function tokenScopes(contents: readonly Content[]): string[] {
  return [...new Set([...alwaysScopes, ...contents.flatMap((c) => scopesOf[c])])];
}

export const waiting = {
  discovering: 'Finding where it signs in',
  discoveringText: (address: string) => `Asking ${address} which directory it belongs to.`,
  opening: 'Opening a browser window',
  openingText: 'A window of its own, with an empty profile.',
  waiting: 'Waiting for your browser',
  isolated: 'A separate window has opened. It starts empty and cannot see the accounts of your daily browser, so nobody is signed in by surprise.',
  withoutPrivate: 'A separate window has opened with its own empty profile. A policy of this computer forbids private windows; your daily accounts still cannot be seen.',
  copyLink: 'Copy the link and open it in a private window yourself.',
  proving: 'Checking who signed in',
  provingText: (organization: string) => `Asking ${organization} whom it sees. Nothing is stored.`,
  token: 'Checking the token',
  sample: 'Starting the sample organization',
  expected: 'Expected person',
  window: 'Window',
  windowIsolated: (browser: string) => `${browser}, private, own throw-away profile`,
  windowWithoutPrivate: (browser: string) => `${browser}, own throw-away profile`,
  windowNone: 'None opened',
  isolatedChip: 'Isolated',
  notProved: 'Isolation not proved yet',
  left: 'Time left',
  link: 'Link',
  another: 'Sign in another way',
  copy: 'Copy link',
  copied: 'Copied',
  cancel: 'Cancel',
};

export const identity = {
  right: 'Is this the right person?',
  wrong: 'This is not the expected person',
  signedInAs: 'Signed in as',
  card: (person: string, organization: string) => `Signed in as ${person} to organization ${organization}`,
  asExpected: 'As expected',
  notExpected: 'Not expected',
  organization: 'Organization',
  directory: 'Directory',
  method: 'Signed in by',
  expected: 'Expected',
  got: 'Got',
  sees: 'Can see',
  seesNone: (organization: string) => `0 projects of ${organization}`,
  seesSome: (projects: string, matched: string) => `${projects}, ${matched} of them match`,
  madeUp: 'the sample itself, no account needed',
  keeps: 'Keeps the sign-in',
  keepsHow: 'encrypted on this computer, for this connection only',
  keepsSample: 'not at all: the sample needs none',
  kinds: { work: 'work account', guest: 'guest account', personal: 'personal account', token: 'personal access token' } as Record<string, string>,
  personal: 'Personal Microsoft account',
  noDirectory: 'no work directory',
  note: 'Nothing is stored until you continue. Every refresh checks that it is still you.',
  wrongStrong: 'Nothing was stored.',
  wrongText: (got: string, organization: string, expected: string) =>
    `${got} signed in to ${organization}, but ${expected} was expected. The same name can belong to two accounts.`,
  someoneElse: 'Sign in as someone else',
  otherToken: 'Use another token',
  continueAs: (name: string) => `Continue as ${name}`,
  anyway: 'Use this account anyway',
  cancel: 'Cancel',
};

export const projects = {
  title: 'Choose the projects',
  matchOf: (matched: string, all: string) => `${matched} of ${all} match`,
  sees: (person: string, organization: string) => `What ${person} can see in ${organization}.`,
  change: 'Change',
  none: 'This account sees no project here.',
  load: (count: string) => `Load ${count}`,
  loadNone: 'Load',
  starting: 'Starting',
  use: (pattern: string) => `Use ${pattern}`,
  all: (count: string) => `All ${count}`,
  foot: 'Projects that match later join at a refresh.',
};

export const failed = {
  title: 'Sign-in did not work',
  copy: 'Copy details',
  copied: 'Copied',
  someoneElse: 'Sign in as someone else',
  again: 'Try again',
  name: 'Edit the name',
  token: 'Use an access token',
  otherToken: 'Use another token',
  projects: 'Change the projects',
  start: 'Start again',
  close: 'Close',
  tokenNotSent: 'The token could not be handed to the program.',
  tokenNotSentHint: 'Paste it once more.',
};
