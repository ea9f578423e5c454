import { judge } from './judge.ts'
import { personalScreens } from './screens.ts'

judge('every screen of a person and of an empty registry', personalScreens)
