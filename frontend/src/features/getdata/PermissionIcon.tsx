import { ArrowSync20Regular } from '@fluentui/react-icons/svg/arrow-sync';
import { Beaker20Regular } from '@fluentui/react-icons/svg/beaker';
import { BranchFork20Regular } from '@fluentui/react-icons/svg/branch-fork';
import { Eye20Regular } from '@fluentui/react-icons/svg/eye';
import { Flow20Regular } from '@fluentui/react-icons/svg/flow';
import { People20Regular } from '@fluentui/react-icons/svg/people';
import { Person20Regular } from '@fluentui/react-icons/svg/person';
import { Rocket20Regular } from '@fluentui/react-icons/svg/rocket';
import { TaskListLtr20Regular } from '@fluentui/react-icons/svg/task-list-ltr';

const known = [
  [/work item/i, TaskListLtr20Regular],
  [/code/i, BranchFork20Regular],
  [/build/i, Flow20Regular],
  [/release/i, Rocket20Regular],
  [/test/i, Beaker20Regular],
  [/project|team/i, People20Regular],
  [/profile|identity/i, Person20Regular],
  [/keep/i, ArrowSync20Regular],
] as const;

/** A picture for a permission by its name; an eye for one that is new. */
export function PermissionIcon({ name }: { name: string }) {
  const Icon = known.find(([pattern]) => pattern.test(name))?.[1] ?? Eye20Regular;
  return <Icon aria-hidden="true" />;
}
