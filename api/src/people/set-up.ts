import { refuse } from '../errors.ts'
import { inTurn } from '../in-turn.ts'
import type { Refusal } from '../log/index.ts'
import { parse } from '../parse.ts'
import {
  type FoundDeps,
  type Founded,
  type FoundOptions,
  foundCommunity,
  planFounding,
} from './found-community.ts'
import type { Account } from './people.ts'
import { type RegisterDeps, register, registration } from './register.ts'

export interface SetUpDeps extends FoundDeps, RegisterDeps {
  readonly needsSetUp: () => Promise<boolean>
}

export interface SetUpWish {
  readonly operator: unknown
  readonly community: unknown
  readonly founding: FoundOptions
}

export type SetUp = (
  wish: SetUpWish,
) => Promise<{ readonly ok: true; readonly operator: Account; readonly founded: Founded } | Refusal>

const alreadySetUp = (): Refusal =>
  refuse('ALREADY_SET_UP', 'This registry has been set up. Sign in instead.')

const setUp = async (deps: SetUpDeps, { operator, community, founding }: SetUpWish) => {
  if (!(await deps.needsSetUp())) return alreadySetUp()
  // Everything that can be refused is refused before there is an account.
  const person = parse(registration, operator)
  if (!person.ok) return person
  const plan = await planFounding(deps.store, community, founding.charterFor)
  if (!plan.ok) return plan
  const made = await register(deps, operator, { operator: true, at: deps.clock() })
  if (!made.ok) return made
  const founded = await foundCommunity(deps, community, founding)
  return founded.ok ? { ok: true as const, operator: made.account, founded } : founded
}

/** The first run, one at a time: of two first visitors one sets the registry up. */
export const createSetUp = (deps: SetUpDeps): SetUp => inTurn((wish) => setUp(deps, wish))
