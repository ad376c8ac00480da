// The words of Get Data: the page, the gallery, and the two steps of the connector's dialog that choose what to
// load. Those that sign in have theirs in dialog/texts.ts.

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
  readsNote: 'What you tick is read, nothing else. Sightline never writes.',
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
/** Without a new dataset nothing is chosen before and nothing is loaded after. */
export const signInSteps = ['Sign in', 'Confirm'] as const;

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
