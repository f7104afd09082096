import { atDepth } from '../helpers/depth';
import { describeKills } from '../helpers/describe-kills';

describeKills(atDepth({ short: 4, full: 20 }));
