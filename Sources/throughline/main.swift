import Commands

await Throughline.main()
