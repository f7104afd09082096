import { describeKills } from '../helpers/describe-kills';

describeKills(20);
