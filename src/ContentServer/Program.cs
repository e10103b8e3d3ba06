using Dwapi.ContentServer;

return await ContentServerProgram.Run(args);
