using Dwapi.Edge.Commands;
using Dwapi.VirtualPrinters;

var command = EdgeCommand.Create();
command.Add(VirtualPrinterCommand.Create());
return await command.Parse(args).InvokeAsync();
