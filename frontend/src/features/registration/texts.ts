export const texts = {
  title: 'Register Sightline in your directory',
  lead: 'Microsoft lets a program sign people in only if somebody registered it. Sightline ships no registration and borrows none of Microsoft’s, so the consent page shows the name that you give it.',
  once: 'Once per directory, about three minutes. Any member may do it, unless the directory leaves that to administrators.',
  steps: 'What to click',
  step: (n: number) => `Step ${n}`,
  permissions: 'What to tick',
  permissionsNote: 'Azure DevOps, Delegated permissions. All of them only read. Leave out what you do not load: a refresh skips it and says so.',
  never: 'Do not tick user_impersonation or a name that ends in _write or _manage: they can change things, and Sightline has no use for them.',
  columns: { name: 'Permission', reads: 'Lets Sightline read' },
  yours: 'Your registration',
  clientId: 'Application (client) ID',
  noClientId: 'Not set yet. Paste it under Registration in the settings.',
  settings: 'Open the settings',
  redirect: 'Redirect URI',
  resource: 'API',
  resourceValue: 'Azure DevOps',
  consent: 'Only an administrator can allow it?',
  consentNote: 'Send this link to an administrator of the directory. It shows what is asked for and allows it for everybody, once.',
  consentNeedsId: 'The link for an administrator stands here once the client id is set.',
  copyLink: 'Copy link',
  copyId: 'Copy',
  copied: 'Copied',
  instead: 'Without a registration',
  insteadNote: 'Organizations of personal Microsoft accounts, and Azure DevOps Server, let no program but Microsoft’s own sign in like this. Choose Personal access token there.',
};

/** What a registration lists, by the content that needs it. */
export const permissions: readonly { name: string; reads: string }[] = [
  { name: 'vso.project', reads: 'Projects, teams, sprints (always)' },
  { name: 'vso.profile', reads: 'Your name and address (always)' },
  { name: 'vso.work', reads: 'Work items, their history, boards' },
  { name: 'vso.code', reads: 'Git, pull requests, TFVC' },
  { name: 'vso.build', reads: 'Pipelines and their runs' },
  { name: 'vso.release', reads: 'Deployments of classic releases' },
  { name: 'vso.test', reads: 'Test runs' },
];

export interface Step {
  id: 'new' | 'name' | 'redirect' | 'permissions' | 'public' | 'id';
  title: string;
  text: string;
  /** What the drawing shows, for those who do not see it. */
  drawing: string;
}

export const steps: readonly Step[] = [
  {
    id: 'new',
    title: 'Begin a new registration',
    text: 'Open entra.microsoft.com with an account of the organization’s directory. Choose Applications, App registrations, New registration.',
    drawing: 'The list of app registrations; the button New registration is marked.',
  },
  {
    id: 'name',
    title: 'Name it',
    text: 'Name it Sightline, or as people should meet it on the consent page. Choose Accounts in this organizational directory only.',
    drawing: 'The form of a registration: the name Sightline and the choice of this organizational directory only are marked.',
  },
  {
    id: 'redirect',
    title: 'Say where the answer goes',
    text: 'Under Redirect URI choose Public client/native (mobile & desktop), not Web, and type http://localhost. Press Register.',
    drawing: 'The row Redirect URI: the platform Public client/native and the address http://localhost are marked, then the button Register.',
  },
  {
    id: 'permissions',
    title: 'Add the permissions',
    text: 'Open API permissions, Add a permission, Azure DevOps, Delegated permissions. Tick the read permissions of the list below and press Add permissions.',
    drawing: 'The list of delegated permissions of Azure DevOps with the read permissions ticked; the button Add permissions is marked.',
  },
  {
    id: 'public',
    title: 'Allow public client flows',
    text: 'Open Authentication, Advanced settings. Set Allow public client flows to Yes and save. A program on a computer keeps no secret; this says so.',
    drawing: 'The page Authentication: the switch Allow public client flows stands on Yes, and Save is marked.',
  },
  {
    id: 'id',
    title: 'Copy the client id',
    text: 'Open Overview and copy Application (client) ID. Paste it under Registration in the settings, and press Test.',
    drawing: 'The overview of the registration: Application (client) ID is marked.',
  },
];
