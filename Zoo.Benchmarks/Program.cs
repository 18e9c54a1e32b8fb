System.Console.WriteLine("usage: limits | step [--json]");
