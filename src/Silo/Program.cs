using Dwapi.Silo.Commands;

return await SiloCommands.Run(args);
