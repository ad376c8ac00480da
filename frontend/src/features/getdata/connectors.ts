// The connectors of the gallery. Their pictures are neutral: no product's logo.
import type { Source } from '../../backend/types';

export interface Connector {
  /** As it stands in the address. */
  id: string;
  source: Source;
  name: string;
  note: string;
  text: string;
  icon: 'cloud' | 'server' | 'sample' | 'sampleKey';
  sample: boolean;
  /** What it reads, when that is not the list of permissions of a sign-in. */
  reads?: readonly { name: string; sentence: string }[];
}

const nothingOfYours = [
  { name: 'Nothing of yours', sentence: 'The organization is made up and comes with Sightline.' },
  { name: 'No network', sentence: 'It runs on this computer and answers as Azure DevOps does.' },
];

export const connectors: readonly Connector[] = [
  {
    id: 'azure-devops',
    source: 'azureDevOps',
    name: 'Azure DevOps Services',
    note: 'dev.azure.com',
    text: 'Loads the projects you choose with the whole history of their work, keeps them fresh, and makes three things:',
    icon: 'cloud',
    sample: false,
  },
  {
    id: 'server',
    source: 'server',
    name: 'Azure DevOps Server',
    note: '2020 or later',
    text: 'The same from a collection on your own server, usually with a personal access token. It makes three things:',
    icon: 'server',
    sample: false,
  },
  {
    id: 'sample',
    source: 'sample',
    name: 'Sample organization',
    note: 'No account needed',
    text: 'A company of several teams with two years of work, to explore without an account. It makes three things:',
    icon: 'sample',
    sample: true,
    reads: nothingOfYours,
  },
  {
    id: 'sample-sign-in',
    source: 'sampleSignIn',
    name: 'Sample, with sign-in',
    note: 'Try the separate browser',
    text: 'The same organization behind a made-up sign-in, to see how Sightline asks who you are. It makes three things:',
    icon: 'sampleKey',
    sample: true,
    reads: nothingOfYours,
  },
];

/** The connector of an address, or null. */
export function connectorOf(id: string | null): Connector | null {
  return connectors.find((c) => c.id === id) ?? null;
}

/** The connectors whose name or note holds every word. */
export function found(words: string): readonly Connector[] {
  const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return connectors.filter((c) => wanted.every((w) => `${c.name} ${c.note}`.toLocaleLowerCase().includes(w)));
}
