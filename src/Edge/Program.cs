using Dwapi.Edge.Commands;

return await EdgeCommand.Create().Parse(args).InvokeAsync();
