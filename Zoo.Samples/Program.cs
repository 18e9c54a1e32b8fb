using Zoo.Samples.CommandLine;

return CommandLineApplication.Run(args);
