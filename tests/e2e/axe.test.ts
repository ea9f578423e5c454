import { judge } from './judge.ts'
import { publicScreens } from './screens.ts'

judge('every screen that is open to all', publicScreens)
