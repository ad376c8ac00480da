// What is true of the sample's open bugs, counted from the REST protocol alone: categories, states and
// work items as the organization answers them. Nothing of the product takes part.
import type { SampleOrganization } from './sample';

export interface Bug {
  id: number;
  title: string;
  project: string;
  area: string;
  state: string;
  category: string;
  priority: number | undefined;
  severity: string | undefined;
  assignedTo: string | undefined;
  created: string;
}

interface List<T> { value: T[] }
interface Category { referenceName: string; workItemTypes: { name: string }[] }
interface Item { id: number; fields: Record<string, unknown> }

const fields = [
  'System.Id', 'System.Title', 'System.TeamProject', 'System.AreaPath', 'System.State', 'System.WorkItemType', 'System.AssignedTo',
  'System.CreatedDate', 'Microsoft.VSTS.Common.Priority', 'Microsoft.VSTS.Common.Severity',
];

const kept = new WeakMap<SampleOrganization, Promise<Bug[]>>();

/** Every bug that is neither completed nor removed, whatever its process calls its states. Asked once. */
export function openBugs(sample: SampleOrganization): Promise<Bug[]> {
  const known = kept.get(sample) ?? countOpenBugs(sample);
  kept.set(sample, known);
  return known;
}

async function countOpenBugs(sample: SampleOrganization): Promise<Bug[]> {
  const out: Bug[] = [];
  for (const project of (await sample.ask<List<{ name: string }>>('_apis/projects?api-version=7.1')).value) {
    const categories = await categoriesOfBugs(sample, project.name);
    if (categories.size === 0) continue;
    for (const item of await itemsOf(sample, project.name, [...new Set([...categories.keys()].map((key) => key.split('\n')[0] ?? ''))])) {
      const bug = bugOf(item, categories);
      if (bug.category !== 'Completed' && bug.category !== 'Removed') out.push(bug);
    }
  }
  return out;
}

/** The state category of each (type, state) in the project's bug category. */
async function categoriesOfBugs(sample: SampleOrganization, project: string): Promise<Map<string, string>> {
  const out = new Map<string, string>();
  const all = await sample.ask<List<Category>>(`${encodeURIComponent(project)}/_apis/wit/workitemtypecategories?api-version=7.1`);
  const types = all.value.find((c) => c.referenceName === 'Microsoft.BugCategory')?.workItemTypes ?? [];
  for (const { name } of types) {
    const states = await sample.ask<List<{ name: string; category: string }>>(
      `${encodeURIComponent(project)}/_apis/wit/workitemtypes/${encodeURIComponent(name)}/states?api-version=7.1`,
    );
    for (const state of states.value) out.set(`${name}\n${state.name}`, state.category);
  }
  return out;
}

async function itemsOf(sample: SampleOrganization, project: string, types: string[]): Promise<Item[]> {
  const named = types.map((t) => `'${t}'`).join(', ');
  const query = `SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = '${project}' AND [System.WorkItemType] IN (${named})`;
  const { workItems } = await sample.ask<{ workItems: { id: number }[] }>('_apis/wit/wiql?api-version=7.1', { query });
  const out: Item[] = [];
  for (let at = 0; at < workItems.length; at += 200) {
    const ids = workItems.slice(at, at + 200).map((w) => w.id);
    out.push(...(await sample.ask<List<Item>>('_apis/wit/workitemsbatch?api-version=7.1', { ids, fields })).value);
  }
  return out;
}

function bugOf({ id, fields: f }: Item, categories: Map<string, string>): Bug {
  const type = String(f['System.WorkItemType']);
  const state = String(f['System.State']);
  const category = categories.get(`${type}\n${state}`);
  if (!category) throw new Error(`${type} ${id} is in the state ${state}, which the type does not have`);
  return {
    id, state, category, title: String(f['System.Title']), project: String(f['System.TeamProject']), area: String(f['System.AreaPath']),
    priority: f['Microsoft.VSTS.Common.Priority'] as number | undefined,
    severity: f['Microsoft.VSTS.Common.Severity'] as string | undefined,
    assignedTo: (f['System.AssignedTo'] as { displayName: string } | undefined)?.displayName,
    created: String(f['System.CreatedDate']),
  };
}

/** How many there are of each, most first. */
export function tally<K>(bugs: readonly Bug[], by: (bug: Bug) => K): Map<K, number> {
  const out = new Map<K, number>();
  for (const bug of bugs) out.set(by(bug), (out.get(by(bug)) ?? 0) + 1);
  return new Map([...out].sort((a, b) => b[1] - a[1]));
}
