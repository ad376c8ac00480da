// Every word of the frame of the window: bar, navigation, notices.

export const kinds = {
  dashboard: { group: 'Dashboards', one: 'dashboard' },
  report: { group: 'Reports', one: 'report' },
  dataset: { group: 'Datasets', one: 'dataset' },
} as const;

export const nav = {
  label: 'Navigation',
  collapse: 'Collapse navigation',
  expand: 'Expand navigation',
  find: 'Find an item',
  findKey: 'Ctrl F',
  emptyFirst: 'Appear here after Get Data',
  empty: 'None yet',
  noMatch: 'No match',
  getData: 'Get Data',
  more: (name: string) => `More options for ${name}`,
  open: 'Open',
  rename: 'Rename',
  remove: 'Delete',
  duplicate: 'Duplicate',
  make: 'New dashboard',
  refresh: 'Refresh now',
  loading: (percent: number) => `Loading, ${percent}%`,
  paused: 'Not loaded to the end',
  failed: 'The last refresh failed',
};

export const make = {
  title: 'New dashboard',
  name: 'Name',
  dataset: 'Dataset',
  create: 'Create',
  cancel: 'Cancel',
};

export const removeDashboard = {
  title: (name: string) => `Delete ${name}`,
  lead: 'The dashboard goes with its tiles, its texts and its pictures. This cannot be undone.',
  stays: 'Its dataset and the reports that it follows stay.',
  confirm: 'Delete dashboard',
  cancel: 'Keep it',
};

export const rename = {
  title: (kind: string) => `Rename ${kind}`,
  label: 'Name',
  save: 'Rename',
  cancel: 'Cancel',
};

export const bar = {
  home: 'Sightline, home',
  product: 'Sightline',
  place: 'You are here',
  settings: 'Settings',
  allSettings: 'All settings',
  quit: 'Quit Sightline',
  theme: 'Theme',
  themes: { system: 'Same as the system', light: 'Light', dark: 'Dark' },
  help: 'Help',
  registration: 'Registration',
  registrationGuide: 'How to register Sightline',
  keys: 'Keyboard',
  about: 'About Sightline',
  getData: 'Get Data',
  services: 'Services',
};

export const about = {
  version: (version: string) => `Version ${version}`,
  lines: [
    'Reads Azure DevOps, keeps what it read in files on this computer, and shows it.',
    'It never writes to Azure DevOps and sends nothing to anybody else.',
  ],
  licence: 'MIT licence. The typeface is Inter, under the Open Font License.',
  trademark: 'Azure DevOps is a trademark of Microsoft. Sightline is not made or endorsed by Microsoft.',
  close: 'Close',
};

export const keys = {
  title: 'Keyboard',
  rows: [
    ['Ctrl F', 'Find an item in the navigation'],
    ['Ctrl F6', 'Go to the next region of the window'],
    ['Tab', 'Go to the next control'],
    ['Arrow keys', 'Move between the cards of the gallery and inside menus'],
    ['Enter', 'Open, or press the main button of a dialog'],
    ['Esc', 'Close a menu, a drawer or a dialog'],
    ['Alt ←', 'Back to where you were'],
  ],
  close: 'Close',
} as const;

export const notices = {
  loaded: (name: string) => `${name} is loaded`,
  loadedHint: 'Its dashboard, report and dataset are in the navigation.',
  openDashboard: 'Open the dashboard',
  failed: (name: string) => `The refresh of ${name} stopped`,
  seeWhy: 'See why',
  dismiss: 'Dismiss',
};

export const bell = {
  label: 'Notifications',
  labelNew: (n: string) => `Notifications, ${n} new`,
  none: 'Nothing yet. Here stands when a refresh ended, or why it stopped.',
  fresh: 'new',
};

export const states = {
  starting: 'Opening your workspace',
  drawing: 'Opening',
  brokenTitle: 'This screen stopped',
  broken: 'Sightline hit a defect of its own while drawing this screen. Nothing that was stored is lost.',
  brokenHint: 'Open another item, or try this one again.',
  again: 'Try again',
};
