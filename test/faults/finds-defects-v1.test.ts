import { findsDefects } from "./finds-defects";

findsDefects("v1");
